package dev.clawhold.cli;

import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.IpAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// The operator's word that a name and port are at this address and port.
///
/// @param host a name or literal address in canonical form, without brackets
/// @param port 1 to 65535
/// @param address a literal address in canonical form, without brackets; it may be loopback
/// @param targetPort 1 to 65535
public record ResolveMapping(String host, int port, String address, int targetPort) {
    private static final String PLACE = "(\\[[^\\[\\]]*]|[^:\\[\\]]*):([0-9]{1,5})";
    private static final Pattern FORM = Pattern.compile(PLACE + ":" + PLACE);

    /// The mapping that a text of the form `HOST:PORT:ADDRESS:PORT` gives; an IPv6 address stands
    /// in brackets. Empty if it is none.
    public static Optional<ResolveMapping> parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(form.group(2));
        int targetPort = Integer.parseInt(form.group(4));
        if (!isPort(port) || !isPort(targetPort)) {
            return Optional.empty();
        }
        var address = IpAddress.parse(withoutBrackets(form.group(3)));
        return Host.of(form.group(1))
                .flatMap(host ->
                        address.map(a ->
                                new ResolveMapping(host.text(), port, a.toString(), targetPort)));
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= 65_535;
    }

    private static String withoutBrackets(String text) {
        return text.startsWith("[") ? text.substring(1, text.length() - 1) : text;
    }
}
