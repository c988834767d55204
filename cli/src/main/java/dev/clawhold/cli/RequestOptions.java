package dev.clawhold.cli;

import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.request.Body;
import dev.clawhold.policy.request.Message;
import dev.clawhold.policy.request.RequestHead;
import dev.clawhold.policy.request.RequestHead.Header;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that describe one HTTP request.
final class RequestOptions {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    @Option(
            names = "--method",
            paramLabel = "METHOD",
            description = "Judge a request on the connection too; needs --path.")
    private Optional<String> method = Optional.empty();

    @Option(
            names = "--path",
            paramLabel = "TARGET",
            description = "The request's path, with its query.")
    private Optional<String> path = Optional.empty();

    @Option(
            names = "--header",
            paramLabel = "NAME:VALUE",
            description = "A header of the request; may be given again.")
    private List<String> headers = List.of();

    @Option(
            names = "--body",
            paramLabel = "TEXT|@FILE",
            description = "Its body; without a content-type header it is taken for JSON.")
    private Optional<String> body = Optional.empty();

    @Option(names = "--upgrade", description = "The request opens a WebSocket.")
    private boolean upgrade;

    @Option(
            names = "--message",
            paramLabel = "TEXT",
            description = "A text that is sent on the WebSocket; implies --upgrade.")
    private Optional<String> message = Optional.empty();

    @Option(names = "--plain", description = "The request comes without TLS, as on port 80.")
    private boolean plain;

    /// The request that the options describe; empty where they describe none.
    Optional<RequestHead> head(EgressRequest connection) {
        if (method.isPresent() != path.isPresent()) {
            throw new CommandException(
                    "cannot explain a request: "
                            + (method.isPresent() ? "--path" : "--method")
                            + " is missing");
        }
        return method.map(m -> new RequestHead(isTls(connection), m, path.get(), all(connection)));
    }

    Body body() {
        return body.<Body>map(text -> new Body.Whole(bytes(text)))
                .orElseGet(() -> mayHaveBody() ? new Body.Unread() : new Body.Absent());
    }

    private boolean mayHaveBody() {
        return method.filter(
                        m -> List.of("POST", "PUT", "PATCH").contains(m.toUpperCase(Locale.ROOT)))
                .isPresent();
    }

    Optional<Message> message() {
        return message.map(Message.Text::new);
    }

    private boolean isTls(EgressRequest connection) {
        return !plain && connection.port() != HTTP;
    }

    private List<Header> all(EgressRequest connection) {
        var all = new ArrayList<>(headers.stream().map(RequestOptions::header).toList());
        boolean usual = connection.port() == (isTls(connection) ? HTTPS : HTTP);
        addUnlessGiven(
                all, "Host", connection.host().text() + (usual ? "" : ":" + connection.port()));
        if (body.isPresent()) {
            addUnlessGiven(all, "Content-Type", "application/json");
        }
        if (upgrade || message.isPresent()) {
            addUnlessGiven(all, "Upgrade", "websocket");
            addUnlessGiven(all, "Connection", "Upgrade");
            addUnlessGiven(all, "Sec-WebSocket-Version", "13");
            addUnlessGiven(all, "Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==");
        }
        return all;
    }

    private static void addUnlessGiven(List<Header> headers, String name, String value) {
        if (headers.stream().noneMatch(header -> header.name().equalsIgnoreCase(name))) {
            headers.add(new Header(name, value));
        }
    }

    private static Header header(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new CommandException(
                    "cannot explain header `" + text + "`: it has no name",
                    "write it as in `--header 'Accept: text/event-stream'`");
        }
        return new Header(text.substring(0, colon).strip(), text.substring(colon + 1).strip());
    }

    private static byte[] bytes(String text) {
        if (!text.startsWith("@")) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        var file = text.substring(1);
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            throw new CommandException("cannot read body `" + file + "`: " + e.getMessage());
        }
    }
}
