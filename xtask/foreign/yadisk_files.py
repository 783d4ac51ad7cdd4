"""Uploads a folder's files and downloads them again with yadisk, one after another, and tells the seconds."""

import json
import os
import sys
import time

import yadisk
import yadisk.settings

url, folder, out = sys.argv[1:]
yadisk.settings.BASE_API_URL = url
client = yadisk.Client(token=os.environ["TOKEN"], session="requests")
client.mkdir("/peer")
names = sorted(os.listdir(folder))
os.makedirs(out, exist_ok=True)

start = time.monotonic()
for name in names:
    client.upload(os.path.join(folder, name), "/peer/" + name)
up = time.monotonic() - start
start = time.monotonic()
for name in names:
    client.download("/peer/" + name, os.path.join(out, name))
print(json.dumps({"up": up, "down": time.monotonic() - start}))
