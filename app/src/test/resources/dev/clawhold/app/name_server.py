# In network and mount namespaces of its own: a name server that answers nothing and prints each
# question that it gets while the command of the arguments runs.
import fcntl, os, socket, struct, subprocess, sys, tempfile, threading

control = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
fcntl.ioctl(control, 0x8914, struct.pack("16sh22x", b"lo", 1 | 64))  # SIOCSIFFLAGS: up, running
settings = tempfile.NamedTemporaryFile("w", suffix=".conf")
settings.write("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
settings.flush()
os.chmod(settings.name, 0o644)
subprocess.run(["mount", "--bind", settings.name, os.path.realpath("/etc/resolv.conf")], check=True)
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 53))
asked = set()


def serve():
    while True:
        question, client = server.recvfrom(4096)
        labels, at = [], 12
        while question[at]:
            labels.append(question[at + 1:at + 1 + question[at]].decode())
            at += 1 + question[at]
        asked.add(".".join(labels))
        server.sendto(question[:2] + b"\x81\x83" + question[4:], client)  # no such name


threading.Thread(target=serve, daemon=True).start()
status = subprocess.run(sys.argv[1:]).returncode
for name in sorted(asked):
    print("asked:", name)
sys.exit(status)
