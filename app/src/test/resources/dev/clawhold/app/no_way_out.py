import errno, socket, struct

UDP, TCP = socket.SOCK_DGRAM, socket.SOCK_STREAM
MSG_FASTOPEN = 0x20000000


def refused(name, action):
    try:
        outcome = action()
        print(f"{name}: let out ({outcome!r})")
    except OSError as error:
        print(f"{name}: refused ({errno.errorcode.get(error.errno, error.errno)})")


def send_to(family, address, payload=b"x"):
    with socket.socket(family, UDP) as s:
        return s.sendto(payload, address)


def connected_datagram(address):
    with socket.socket(socket.AF_INET, UDP) as s:
        s.connect(address)
        return s.send(b"x")


def message(address):
    with socket.socket(socket.AF_INET, UDP) as s:
        return s.sendmsg([b"x"], [], 0, address)


def fast_open(call):
    with socket.socket(socket.AF_INET, TCP) as s:
        return call(s)


def fast_open_connect(s):
    s.setsockopt(socket.IPPROTO_TCP, 30, 1)
    s.connect((api, 80))
    return "option taken"


api = socket.getaddrinfo("api.test", 443, socket.AF_INET)[0][4][0]
api6 = socket.getaddrinfo("api.test", 443, socket.AF_INET6)[0][4][0]
quic = bytes([0xC0, 0, 0, 0, 1, 8]) + bytes(1194)
refused("DNS to a server outside", lambda: send_to(socket.AF_INET, ("9.9.9.9", 53)))
refused("UDP to an allowed host", lambda: send_to(socket.AF_INET, (api, 443)))
refused("QUIC to an allowed host", lambda: send_to(socket.AF_INET, (api, 443), quic))
refused("UDP over IPv6", lambda: send_to(socket.AF_INET6, (api6, 443)))
refused("connected UDP", lambda: connected_datagram((api, 443)))
refused("sendmsg", lambda: message(("9.9.9.9", 53)))
refused("broadcast", lambda: send_to(socket.AF_INET, ("255.255.255.255", 67)))
refused("multicast", lambda: send_to(socket.AF_INET, ("224.0.0.251", 5353)))
refused("ping socket", lambda: socket.socket(socket.AF_INET, UDP, socket.IPPROTO_ICMP))
refused("ping socket over IPv6", lambda: socket.socket(socket.AF_INET6, UDP, 58))
refused("raw ICMP", lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP))
refused("raw TCP", lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_TCP))
refused("packet socket", lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0x0300))
refused("vsock", lambda: socket.socket(40, TCP))
refused("bluetooth", lambda: socket.socket(31, socket.SOCK_RAW, 1))
refused("kernel crypto", lambda: socket.socket(38, socket.SOCK_SEQPACKET))
refused("SCTP", lambda: socket.socket(socket.AF_INET, TCP, 132))
refused("MPTCP", lambda: socket.socket(socket.AF_INET, TCP, 262))
refused("fast open by sendto", lambda: fast_open(lambda s: s.sendto(b"x", MSG_FASTOPEN, (api, 80))))
refused("fast open by sendmsg", lambda: fast_open(lambda s: s.sendmsg([b"x"], [], MSG_FASTOPEN, (api, 80))))
refused("fast open by option", lambda: fast_open(fast_open_connect))
