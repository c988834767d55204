import errno, os, socket, struct, sys, threading

hosts, hosts_abstract = sys.argv[1:]


def serve(address):
    server = socket.socket(socket.AF_UNIX)
    server.bind(address)
    server.listen()

    def accept():
        while True:
            peer, _ = server.accept()
            _, uid, _ = struct.unpack("3i", peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
            peer.sendall(b"same user" if uid == os.getuid() else b"user %d" % uid)
            peer.close()

    threading.Thread(target=accept, daemon=True).start()


def visit(name, address):
    with socket.socket(socket.AF_UNIX) as s:
        s.settimeout(20)
        try:
            s.connect(address)
            print(f"{name}:", s.recv(100).decode())
        except OSError as error:
            print(f"{name}:", errno.errorcode.get(error.errno, error))


serve("/tmp/own.socket")
serve("own.socket")
serve("\0own")
visit("own", "/tmp/own.socket")
visit("own relative", "own.socket")
visit("own abstract", "\0own")
one, other = socket.socketpair()
one.sendall(b"works")
print("pair:", other.recv(10).decode())
visit("host's", hosts)
os.symlink(hosts, "link.socket")
visit("host's by a link", "link.socket")
visit("host's abstract", "\0" + hosts_abstract)
visit("missing", "missing.socket")
try:
    socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    print("datagram: made")
except OSError:
    print("datagram: refused")
