package dev.clawhold.policyfile;

import dev.clawhold.policy.Rule;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.host.AddressClass;
import dev.clawhold.policy.host.Cidr;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.HostPattern;
import dev.clawhold.policy.host.IpAddress;
import java.net.IDN;
import java.util.List;
import java.util.Set;

/// Hosts of endpoints.
record HostReader(Problems problems) {
    static final int LONGEST_PATTERN = 1_024;

    /// What stands for a host that cannot be read, after its problem is told.
    private static final HostPattern UNKNOWN = new HostPattern.ByAddress();

    private static final Set<String> NEVER =
            Set.of(
                    "localhost",
                    "inference.local",
                    "metadata",
                    "metadata.google.internal",
                    "metadata.goog",
                    "instance-data",
                    "instance-data.ec2.internal");

    HostPattern read(Node.Scalar scalar, Rule.Effect effect) {
        var text = scalar.text();
        if (text.length() > LONGEST_PATTERN) {
            problems.add(scalar.place(), Code.E18, "host is longer than 1024 characters");
            return UNKNOWN;
        }
        if (text.equals("*") || text.equals("**")) {
            return catchAll(scalar, effect);
        }
        if (text.indexOf('/') >= 0) {
            return range(scalar);
        }
        return Glob.hasWildcards(text) ? wildcard(scalar) : exact(scalar);
    }

    private HostPattern catchAll(Node.Scalar scalar, Rule.Effect effect) {
        if (effect != Rule.Effect.ASK) {
            problems.add(
                    scalar.place(),
                    Code.E11,
                    "host " + Quote.of(scalar.text()) + " covers every host",
                    "list the hosts; it is possible only with `verdict: ask`");
        }
        return new HostPattern.CatchAll();
    }

    private HostPattern range(Node.Scalar scalar) {
        var text = scalar.text();
        var range = Cidr.parse(text);
        if (range.isEmpty()) {
            boolean url = text.contains("://");
            problems.add(
                    scalar.place(),
                    Code.E12,
                    "host " + Quote.of(text) + (url ? " is a URL" : " is not an address range"),
                    "write a host alone; paths belong into `path`");
            return UNKNOWN;
        }
        warnRange(scalar, range.get(), problems);
        warnNever(scalar, AddressClass.of(range.get().network()) == AddressClass.NEVER);
        return new HostPattern.Range(range.get());
    }

    /// Warns where the text has bits behind its prefix.
    static void warnRange(Node.Scalar scalar, Cidr range, Problems problems) {
        int slash = scalar.text().indexOf('/');
        var address = slash < 0 ? scalar.text() : scalar.text().substring(0, slash);
        var written = IpAddress.parse(address);
        if (!written.map(range.network()::equals).orElse(true)) {
            problems.add(
                    scalar.place(),
                    Code.W19,
                    Quote.of(scalar.text()) + " is taken as " + Quote.of(range.toString()));
        }
    }

    private void warnNever(Node.Scalar scalar, boolean never) {
        if (never) {
            problems.add(
                    scalar.place(),
                    Code.W23,
                    "host " + Quote.of(scalar.text()) + " is never reached through a rule");
        }
    }

    private HostPattern exact(Node.Scalar scalar) {
        var text = scalar.text();
        var host = Host.of(text);
        if (host.isEmpty()) {
            malformed(scalar);
            return UNKNOWN;
        }
        return switch (host.get()) {
            case Host.Name name -> {
                if (text.endsWith(".")) {
                    problems.add(
                            scalar.place(),
                            Code.W19,
                            Quote.of(text) + " is taken as " + Quote.of(name.text()));
                }
                warnNever(scalar, NEVER.contains(name.text()));
                yield new HostPattern.Exact(name);
            }
            case Host.Address(var address) -> {
                warnNever(scalar, AddressClass.of(address) == AddressClass.NEVER);
                yield new HostPattern.Range(Cidr.only(address));
            }
        };
    }

    private void malformed(Node.Scalar scalar) {
        var text = scalar.text();
        var shown = "host " + Quote.of(text);
        if (text.chars().allMatch(c -> c < 128)) {
            if (hasPort(text)) {
                problems.add(
                        scalar.place(),
                        Code.E12,
                        shown + " holds a port",
                        "write the host alone, and the port into `port`");
            } else {
                problems.add(scalar.place(), Code.E12, shown + " is malformed");
            }
            return;
        }
        try {
            var ascii = IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES);
            problems.add(
                    scalar.place(), Code.E12, shown + " is not ASCII: write " + Quote.of(ascii));
        } catch (IllegalArgumentException _) {
            problems.add(scalar.place(), Code.E12, shown + " is not ASCII");
        }
    }

    private static boolean hasPort(String text) {
        int colon = text.lastIndexOf(':');
        return colon > 0
                && colon == text.indexOf(':')
                && Host.of(text.substring(0, colon)).isPresent()
                && text.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private HostPattern wildcard(Node.Scalar scalar) {
        return switch (Glob.read(Glob.Kind.HOST, scalar.text())) {
            case Glob.Read.Bad(var message) -> {
                problems.add(scalar.place(), Code.E13, message);
                yield UNKNOWN;
            }
            case Glob.Read.Good(var glob, _) -> {
                glob.expansions().forEach(text -> checkWidth(scalar, text));
                yield new HostPattern.Wildcard(glob);
            }
        };
    }

    /// One alternative of a pattern, as a host with its wildcards replaced and as labels.
    private void checkWidth(Node.Scalar scalar, String text) {
        var labels = List.of(text.split("\\.", -1));
        var shown = "host " + Quote.of(scalar.text());
        var example = text.replace('*', 'a').replace('?', 'a');
        if (Host.of(example).isEmpty()) {
            problems.add(scalar.place(), Code.E12, shown + " is malformed");
        } else if (!Glob.hasWildcards(text)) {
            return;
        } else if (labels.size() < 3 || Glob.hasWildcards(labels.getLast())) {
            problems.add(
                    scalar.place(),
                    Code.E11,
                    shown + " covers a top-level domain",
                    "name two labels or more behind the wildcard, as in `*.example.com`");
        } else if (text.lastIndexOf("**") > 0
                || (text.contains("**") && !labels.getFirst().equals("**"))) {
            problems.add(
                    scalar.place(),
                    Code.E11,
                    shown + " has `**` behind its beginning",
                    "`**` is possible as the first label, `*` in place of any");
        } else if (labels.stream().skip(1).anyMatch(l -> Glob.hasWildcards(l) && !l.equals("*"))) {
            problems.add(
                    scalar.place(),
                    Code.E11,
                    shown + " has a part of a label as a pattern behind its beginning");
        }
    }
}
