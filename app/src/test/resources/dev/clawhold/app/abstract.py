# A server on an abstract name of the host: prints the name, then each visit.
import secrets, socket

name = "clawhold-test-" + secrets.token_hex(8)
server = socket.socket(socket.AF_UNIX)
server.bind("\0" + name)
server.listen()
print(name, flush=True)
while True:
    server.accept()
    print("somebody came", flush=True)
