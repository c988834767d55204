# Does what each line of standard input says: `get URL` asks once, `stream URL` reads to the end in
# the background, `still URL` waits for the next part of a stream.
import http.client, sys, threading, urllib.error, urllib.request

parts = {}
change = threading.Condition()


def say(*words):
    print(*words, flush=True)


def get(url):
    try:
        say(url, urllib.request.urlopen(url, timeout=20).status)
    except urllib.error.HTTPError as error:
        say(url, error.code, error.read().decode())
    except OSError as error:
        say(url, "failed", error)


def stream(url):
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            while answer.readline():
                with change:
                    parts[url] = parts.get(url, 0) + 1
                    change.notify_all()
                    if parts[url] == 1:
                        say(url, "begins")
    except (OSError, http.client.HTTPException):
        pass
    say(url, "ends")


def still(url):
    with change:
        now = parts[url]
        say(url, "goes on" if change.wait_for(lambda: parts[url] > now, 20) else "stands still")


say("ready")
for line in sys.stdin:
    action, url = line.split()
    if action == "stream":
        threading.Thread(target=stream, args=[url], daemon=True).start()
    else:
        {"get": get, "still": still}[action](url)
