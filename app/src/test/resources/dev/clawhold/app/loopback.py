import errno, http.server, select, selectors, socket, sys, threading


class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"own server answers")

    def log_message(self, *arguments):
        pass


class Server6(http.server.ThreadingHTTPServer):
    address_family = socket.AF_INET6


for server in (http.server.ThreadingHTTPServer(("127.0.0.1", 9911), Answer), Server6(("::1", 9911), Answer)):
    threading.Thread(target=server.serve_forever, daemon=True).start()


def read(s):
    s.settimeout(20)
    s.sendall(b"GET /ok HTTP/1.1\r\nHost: api.test\r\nConnection: close\r\n\r\n")
    text = b""
    while part := s.recv(4096):
        text += part
    return text.decode()


for host in ("127.0.0.1", "localhost", "::1"):
    with socket.create_connection((host, 9911), timeout=20) as s:
        print(f"{host}:", read(s).split("\r\n\r\n")[1])

for host in ("host",):
    with socket.socket() as s:
        print("host:", errno.errorcode[s.connect_ex(("127.0.0.1", int(sys.argv[1])))])

api = socket.getaddrinfo("api.test", 80, socket.AF_INET)[0][4]
with socket.socket() as s:
    s.connect(api)
    print("blocking:", read(s).split()[1])


def connect_without_waiting(wait):
    s = socket.socket()
    s.setblocking(False)
    if s.connect_ex(api) not in (0, errno.EINPROGRESS):
        raise SystemExit("connect failed at once")
    wait(s)
    failure = s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if failure:
        raise SystemExit(errno.errorcode[failure])
    return s


def wait_with_selectors(s):
    with selectors.DefaultSelector() as selector:
        selector.register(s, selectors.EVENT_WRITE)
        if not selector.select(20):
            raise SystemExit("never writable")


def wait_with_epoll(s):
    with select.epoll() as poll:
        poll.register(s.fileno(), select.EPOLLOUT | select.EPOLLET)
        if not poll.poll(20):
            raise SystemExit("never writable")


for name, wait in (("selectors", wait_with_selectors), ("epoll", wait_with_epoll)):
    with connect_without_waiting(wait) as s:
        s.setblocking(True)
        print(f"{name}:", read(s).split()[1])
