//! Signing in on a page in a browser.

use std::{net::Ipv4Addr, time::Duration};

use futures::{StreamExt, stream::FuturesUnordered};
use orglib::{
    oauth::{CODE_PAGE, OAuth, Token, WebSignIn},
    transport::SecretString,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use super::{DEVICE, LoginOptions};
use crate::{console, failure::Failure, session::Session};

/// The port that the page leads back to.
pub(super) const PORT: u16 = 8361;

/// How long somebody may take on the page; as long as its code lives.
const PATIENCE: Duration = Duration::from_secs(600);

/// More than a browser sends to ask for a page.
const MOST: u64 = 64 * 1024;

/// Shows the address of the page, and waits for its code.
pub(super) async fn token(
    options: &LoginOptions,
    oauth: &OAuth,
    device: &str,
    session: &Session,
) -> Result<Token, Failure> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(|error| Failure::other(format!("no chance: {error}")))?;
    let sign_in = WebSignIn::new(oauth.application().id(), secret).device(device, DEVICE);
    let sign_in = match &options.login_hint {
        Some(login) => sign_in.login_hint(login),
        None => sign_in,
    };
    let (sign_in, code) = match options.typed {
        true => typed(sign_in.redirect_uri(CODE_PAGE), session).await?,
        false => led_back(sign_in, options.port, session).await?,
    };
    Ok(oauth.web_token(&sign_in, code).send().await?)
}

fn show(sign_in: &WebSignIn, session: &Session) -> Result<(), Failure> {
    let address = sign_in.address(session.client().endpoints())?;
    console::say(&format!("open {address}"));
    Ok(())
}

/// The page shows a code, and somebody types it.
async fn typed(sign_in: WebSignIn, session: &Session) -> Result<(WebSignIn, SecretString), Failure> {
    show(&sign_in, session)?;
    console::say("then type the code that the page shows:");
    let code = console::waiting(|| {
        let mut line = String::new();
        let read = std::io::stdin().read_line(&mut line);
        read.map(|_| line.trim().to_owned()).map_err(|error| Failure::other(format!("no code: {error}")))
    });
    match code.await? {
        code if code.is_empty() => Err(Failure::usage("no code was typed; begin again")),
        code => Ok((sign_in, code.into())),
    }
}

/// The page leads back to this machine, with a code.
async fn led_back(
    sign_in: WebSignIn,
    port: u16,
    session: &Session,
) -> Result<(WebSignIn, SecretString), Failure> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
    let listener = listener.map_err(|error| {
        Failure::usage(format!("port {port} cannot be listened to: {error}; give another one with --port"))
    })?;
    let port = listener.local_addr().map_or(port, |address| address.port());
    let sign_in = sign_in.redirect_uri(format!("http://127.0.0.1:{port}/"));
    show(&sign_in, session)?;
    let too_late = session.client().clock().sleep(PATIENCE);
    tokio::select! {
        code = first(&listener, &sign_in) => Ok((sign_in, code?)),
        () = too_late => Err(Failure::expired("nobody signed in on the page in time; begin again")),
    }
}

/// The code of the first visitor who brings one. A browser opens connections that it never uses: nobody waits for them.
async fn first(listener: &TcpListener, sign_in: &WebSignIn) -> Result<SecretString, Failure> {
    let mut visits = FuturesUnordered::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let (visitor, _) = accepted.map_err(|error| Failure::other(format!("nobody can come: {error}")))?;
                visits.push(visit(visitor, sign_in));
            }
            Some(Some(code)) = visits.next() => return code,
        }
    }
}

/// What a visitor brings. Whoever asks for something else is told that it is not here.
async fn visit(mut visitor: TcpStream, sign_in: &WebSignIn) -> Option<Result<SecretString, Failure>> {
    let path = asked(&mut visitor).await?;
    if !path.starts_with("/?") {
        answer(&mut visitor, "404 Not Found", "Nothing is here.").await;
        return None;
    }
    let code = sign_in.code(&path);
    let said = match &code {
        Ok(_) => "You are signed in, and may close this page.",
        Err(_) => "You are not signed in: the terminal says why. You may close this page.",
    };
    answer(&mut visitor, "200 OK", said).await;
    Some(code.map_err(Failure::from))
}

/// The path that a visitor asks for; nothing where it is no such question.
async fn asked(visitor: &mut TcpStream) -> Option<String> {
    let mut lines = BufReader::new(visitor.take(MOST)).lines();
    let first = lines.next_line().await.ok()??;
    while !lines.next_line().await.ok()??.is_empty() {}
    let (path, _) = first.strip_prefix("GET ")?.rsplit_once(' ')?;
    Some(path.to_owned())
}

/// A visitor who has gone is none of ours.
async fn answer(visitor: &mut TcpStream, status: &str, said: &str) {
    let page = format!("<!doctype html><meta charset=utf-8><title>orglib</title><p>{said}");
    let length = page.len();
    let header = "content-type: text/html; charset=utf-8\r\ncache-control: no-store\r\nconnection: close";
    let text = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\n{header}\r\n\r\n{page}");
    let _ = visitor.write_all(text.as_bytes()).await;
    let _ = visitor.shutdown().await;
}
