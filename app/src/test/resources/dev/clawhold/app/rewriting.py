# One thread rewrites the address again and again while another connects to it.
import ctypes, socket, struct, sys, threading

port, rounds = int(sys.argv[1]), int(sys.argv[2])
libc = ctypes.CDLL(None, use_errno=True)
allowed = socket.getaddrinfo("api.test", 80, socket.AF_INET)[0][4][0]


def encoded(address, port):
    return struct.pack("=H", socket.AF_INET) + struct.pack("!H", port) + socket.inet_aton(address) + bytes(8)


addresses = [ctypes.create_string_buffer(encoded(allowed, 80), 16),
             ctypes.create_string_buffer(encoded("127.0.0.1", port), 16)]
shared = ctypes.create_string_buffer(16)
running = True


def rewrite():
    while running:
        for address in addresses:
            ctypes.memmove(shared, address, 16)


sys.setswitchinterval(1e-5)
rewriter = threading.Thread(target=rewrite)
rewriter.start()
connected = refused = 0
for _ in range(rounds):
    s = socket.socket()
    if libc.connect(s.fileno(), shared, 16) == 0:
        connected += 1
    else:
        refused += 1
    s.close()
running = False
rewriter.join()
print("rounds:", rounds, "connected:", connected, "refused:", refused)
