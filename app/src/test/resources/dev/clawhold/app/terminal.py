# Plays a person at a terminal with an interactive shell. Each argument is a step: `say TEXT` types
# a line, `key X` types Ctrl-X, `see TEXT` waits for text after what was seen last, `size ROWS
# COLUMNS` resizes.
import fcntl, os, pty, select, signal, struct, sys, termios, time

BOUND = 25  # seconds
child, terminal = pty.fork()
if child == 0:
    os.execve("/bin/bash", ["bash", "--norc", "--noprofile", "-i"],
              {**os.environ, "PS1": "prompt$ ", "TERM": "vt100"})
text, at = b"", 0


def size(rows, columns):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("4H", int(rows), int(columns), 0, 0))


def see(part):
    global text, at
    deadline = time.monotonic() + BOUND
    while text.find(part, at) < 0:
        if not select.select([terminal], [], [], max(0, deadline - time.monotonic()))[0]:
            raise SystemExit(f"never seen: {part.decode()}\n{text.decode(errors='replace')}")
        text += os.read(terminal, 4096)
    at = text.find(part, at) + len(part)


size(24, 80)
try:
    for action, what in (step.split(" ", 1) for step in sys.argv[1:]):
        if action == "say":
            os.write(terminal, what.encode() + b"\r")
        elif action == "key":
            os.write(terminal, bytes([ord(what) & 31]))
        elif action == "size":
            size(*what.split())
        else:
            see(what.encode())
    print(text.decode(errors="replace"))
finally:
    os.kill(child, signal.SIGKILL)
