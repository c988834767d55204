# Has an open tunnel, waits for a line, and tries to get out again. A connect that nobody judges
# waits in the kernel, so each try has its thread.
import socket, sys, threading


def connect():
    s = socket.socket()
    s.settimeout(3)
    s.connect(("api.test", 80))
    return s


other = socket.getaddrinfo("api.test", 80, socket.AF_INET)[0][4]
tunnel = connect()
tunnel.sendall(b"GET /stream HTTP/1.1\r\nHost: api.test\r\n\r\n")
tunnel.recv(4096)
print("before: connected", flush=True)
sys.stdin.readline()
try:
    while tunnel.recv(65536):
        pass
except OSError:
    pass
print("tunnel: ended", flush=True)
tunnel.close()


def again(target):
    try:
        s = socket.create_connection(target, timeout=2)
        s.sendall(b"GET /after HTTP/1.1\r\nHost: api.test\r\n\r\n")
        print("after: connected", s.recv(4096), flush=True)
    except OSError as error:
        print("failed:", error, flush=True)


tries = [threading.Thread(target=again, args=[target], daemon=True)
         for target in (("api.test", 80), other, ("198.51.100.7", 80))]
for thread in tries:
    thread.start()
for thread in tries:
    thread.join(1)
print("after: nobody answered", flush=True)
sys.stdin.readline()
