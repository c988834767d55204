package dev.clawhold.policy.host;

import java.util.Optional;

/// Where a request wants to go, in canonical form: two spellings of one host are equal.
public sealed interface Host {

    /// A DNS name: lower case, without the root's dot.
    record Name(String text) implements Host {}

    /// A literal address.
    record Address(IpAddress address) implements Host {
        @Override
        public String text() {
            return address.toString();
        }
    }

    /// The canonical text, as records and answers show it.
    String text();

    /// The host that a text spells: a name, an IPv4 literal, an IPv6 literal with or without
    /// brackets. One final dot of a name is dropped. Numbers in other notations (`0x7f.1`,
    /// `2130706433`) are malformed, never converted; so are zone ids, bytes that are not ASCII, and
    /// `xn--` labels that do not decode (RFC 3492).
    ///
    /// @return empty if the text is no host
    static Optional<Host> of(String text) {
        return HostText.parse(text);
    }
}
