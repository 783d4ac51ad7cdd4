"""Sends what a library asks of its fixed hosts to one server, without a change to the library."""

import httpx


def send_everything_to(address):
    """Rewrites the host of every request, below the clients that the library makes for itself."""
    target = httpx.URL(address)
    send = httpx.HTTPTransport.handle_request

    def handle_request(transport, request):
        request.url = request.url.copy_with(scheme=target.scheme, host=target.host, port=target.port)
        request.headers["Host"] = target.netloc.decode()
        return send(transport, request)

    httpx.HTTPTransport.handle_request = handle_request
