import ipaddress, secrets, socket, struct, subprocess

made_up = [ipaddress.ip_network("198.18.0.0/15"), ipaddress.ip_network("fc00::/7")]
count = 0
for _ in range(50):
    name = secrets.token_hex(12) + ".secret." + secrets.token_hex(3) + ".example"
    answers = {info[4][0] for info in socket.getaddrinfo(name, 443, type=socket.SOCK_STREAM)}
    inside = all(any(ipaddress.ip_address(a) in net for net in made_up) for a in answers)
    count += 1 if answers and inside else 0
print("made up:", count)

question = struct.pack(">6H", 7, 0x100, 1, 0, 0, 0) + b"\x06secret\x07example\0" + struct.pack(">2H", 15, 1)
asker = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
asker.settimeout(20)
asker.sendto(question, ("127.0.0.1", 53))
answer = asker.recv(512)
if answer[3] & 15 == 0 and answer[6:8] == b"\0\0":
    print("nothing: MX")
subprocess.run(["curl", "-sS", "-m", "20", "https://unlisted.example/"])
subprocess.run(["curl", "-sS", "-m", "20", "https://real.test/"])
