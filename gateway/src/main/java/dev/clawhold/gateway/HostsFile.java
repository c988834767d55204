package dev.clawhold.gateway;

import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.IpAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/// The machine's own table of names, `hosts(5)`: an address and its names a line, `#` begins a
/// comment. Read anew at each question, as libc does.
final class HostsFile {
    private final Path file;

    HostsFile(Path file) {
        this.file = file;
    }

    /// The addresses of all lines that bear the name; none when the file cannot be read.
    List<IpAddress> addressesOf(Host.Name name) {
        try {
            return addresses(Files.readString(file, StandardCharsets.ISO_8859_1), name);
        } catch (IOException e) {
            // A machine without the file knows no names of its own: DNS is asked.
            return List.of();
        }
    }

    private static List<IpAddress> addresses(String text, Host.Name name) {
        var found = new ArrayList<IpAddress>();
        text.lines()
                .forEach(line -> {
                    int comment = line.indexOf('#');
                    var words =
                            new StringTokenizer(comment < 0 ? line : line.substring(0, comment));
                    if (words.hasMoreTokens()) {
                        var address = IpAddress.parse(words.nextToken());
                        while (words.hasMoreTokens()) {
                            if (words.nextToken().equalsIgnoreCase(name.text())) {
                                address.ifPresent(found::add);
                            }
                        }
                    }
                });
        return List.copyOf(found);
    }
}
