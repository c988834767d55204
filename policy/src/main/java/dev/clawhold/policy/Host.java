package dev.clawhold.policy;

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
}
