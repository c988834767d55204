#!/usr/bin/python3
"""The client that `connect.sh` and `tunnel.sh` run, inside a sandbox and outside of one.

Reads one command a line and answers with one line of whole nanoseconds:
  connect HOST PORT COUNT  each connect(2), then a request and a wait for the end of the answer
  open HOST PORT COUNT     the same, timed from the connect to the end of the answer
  refused HOST PORT COUNT  each connect(2) that fails
  request HOST PORT COUNT  each request of one kept connection
  bulk HOST PORT BYTES     one answer of so many bytes, dropped in the kernel
"""

import socket
import sys
from time import perf_counter_ns as now

PORTION = 1 << 20
PAUSE = 300_000
buffer = bytearray(PORTION)


def request(path, host, port, connection):
    text = f"GET /{path} HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: {connection}\r\n\r\n"
    return text.encode()


def settle():
    """Lets everybody else finish the last round, without letting this processor fall asleep."""
    end = now() + PAUSE
    while now() < end:
        pass


def fresh():
    return socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def drain(client):
    while client.recv_into(buffer, PORTION):
        pass


def connects(host, port, count, whole):
    address = (socket.gethostbyname(host), port)
    asked = request("close", host, port, "close")
    for _ in range(count):
        settle()
        with fresh() as client:
            start = now()
            client.connect(address)
            end = now()
            client.sendall(asked)
            drain(client)
            yield (now() if whole else end) - start


def refused(host, port, count):
    address = (socket.gethostbyname(host), port)
    for _ in range(count):
        settle()
        with fresh() as client:
            start = now()
            error = client.connect_ex(address)
            end = now()
            if error == 0:
                raise SystemExit("a connect that must fail has succeeded")
            yield end - start


def requests(host, port, count):
    asked = request("small", host, port, "keep-alive")
    with socket.create_connection((host, port)) as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(count):
            start = now()
            client.sendall(asked)
            got = client.recv_into(buffer, PORTION)
            while not buffer.startswith(b"\r\n\r\n", got - 4):
                got += client.recv_into(memoryview(buffer)[got:])
            yield now() - start


def bulk(host, port, size):
    with socket.create_connection((host, port)) as client:
        start = now()
        client.sendall(request(size, host, port, "close"))
        left = size
        while left > 0:
            got = client.recv_into(buffer, PORTION, socket.MSG_TRUNC)
            if got == 0:
                raise SystemExit("the answer ended early")
            left -= got
        yield now() - start


COMMANDS = {
    "connect": lambda *to: connects(*to, whole=False),
    "open": lambda *to: connects(*to, whole=True),
    "refused": refused,
    "request": requests,
    "bulk": bulk,
}

for line in sys.stdin:
    command, host, port, count = line.split()
    print(*COMMANDS[command](host, int(port), int(count)), flush=True)
