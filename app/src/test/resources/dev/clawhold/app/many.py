import socket, sys
from concurrent.futures import ThreadPoolExecutor

count = int(sys.argv[1])
address = socket.getaddrinfo("api.test", 80, socket.AF_INET)[0][4]


def ask(number):
    s = sockets[number]
    s.sendall(b"GET /many/%d HTTP/1.1\r\nHost: api.test\r\nConnection: close\r\n\r\n" % number)
    text = b""
    while part := s.recv(4096):
        text += part
    return b"hello from upstream /many/%d\n" % number in text


with ThreadPoolExecutor(count) as threads:
    sockets = list(threads.map(lambda _: socket.create_connection(address, timeout=30), range(count)))
    print("open at once:", len(sockets))
    print("answered:", sum(threads.map(ask, range(count))))
