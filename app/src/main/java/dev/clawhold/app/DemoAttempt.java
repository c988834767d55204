package dev.clawhold.app;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One thing that the demo's agent tries, and what is promised about it.
///
/// @param name what the agent calls it
/// @param tried in words
/// @param promised fits the agent's report, `worked` or `failed`, a space, and what it was told
/// @param layer what decides
/// @param meaning what the report means, where it does not say so; may be empty
/// @param audited the verdict, host and reason that the audit log must have; empty: no record
record DemoAttempt(
        String name, String tried, Pattern promised, String layer, String meaning, String audited) {
    static final String API = "api.demo.test";
    static final String FILES = "files.demo.test";

    private static final String EGRESS = "egress";
    private static final String NETWORK = "network";
    private static final String FILE = "files";
    private static final String CALLS = "system calls";
    private static final String DENIED = "failed 403 host_not_listed";
    private static final String NO_RULE = "deny " + FILES + " host_not_listed";

    /// All of them, in their order.
    ///
    /// @param address where this machine's canaries listen in its network
    static List<DemoAttempt> all(String address) {
        return Stream.concat(before(address).stream(), during().stream()).toList();
    }

    private static List<DemoAttempt> before(String address) {
        return List.of(
                of("listed", "https://api.demo.test", "worked 200 .*", EGRESS)
                        .audited("allow " + API + " rule"),
                of("unlisted", "https://files.demo.test", DENIED, EGRESS).audited(NO_RULE),
                of("metadata", "cloud metadata 169.254.169.254", "failed 403 .*", EGRESS)
                        .audited("deny 169.254.169.254 address_never"),
                of("lan", "LAN, TCP to " + address, "failed Permission denied", EGRESS)
                        .audited("deny " + address + " host_not_listed"),
                of("host-loopback", "the host's 127.0.0.1", "failed .*refused", NETWORK),
                of("own-loopback", "its own 127.0.0.1", "worked .*", NETWORK)
                        .meaning(", stays inside"),
                of("lookup", "DNS lookup of s3cret.leak.test", "worked 198\\.1[89]\\..*", EGRESS)
                        .meaning(" (synthetic)"),
                of("dns-packet", "DNS by UDP to " + address, "failed .*unreachable", NETWORK),
                of("write-inside", "write into its directory", "worked .*", FILE),
                of("read-outside", "read the secret beside it", "failed no such file", FILE),
                of(
                        "write-outside",
                        "change the settings there",
                        "failed .*(only|denied|no such).*",
                        FILE),
                of("socket", "socket: TCP", "worked .*", CALLS),
                of("raw-socket", "socket: raw packets", "failed E.*", CALLS),
                of("ptrace", "ptrace", "failed EPERM", CALLS),
                of("mount", "mount a tmpfs", "failed EPERM", CALLS));
    }

    // While the policy is edited.
    private static List<DemoAttempt> during() {
        return List.of(
                of("edited", "https://files.demo.test", "worked 200 .*", EGRESS)
                        .audited("allow " + FILES + " rule"),
                of("cut", "a long download from there", "failed cut", EGRESS)
                        .audited("deny " + FILES + " policy_revoked"),
                of("edited-back", "https://files.demo.test", DENIED, EGRESS).audited(NO_RULE));
    }

    static DemoAttempt of(String name, String tried, String promised, String layer) {
        return new DemoAttempt(name, tried, Pattern.compile(promised), layer, "", "");
    }

    private DemoAttempt audited(String record) {
        return new DemoAttempt(name, tried, promised, layer, meaning, record);
    }

    private DemoAttempt meaning(String words) {
        return new DemoAttempt(name, tried, promised, layer, words, audited);
    }

    /// Whether the agent's report is what was promised.
    boolean isKept(Report report) {
        return promised.matcher(report.outcome() + " " + report.told()).matches();
    }

    /// A line of the agent: fields between tabs.
    ///
    /// @param name the attempt's; `wait` when the operator is to act
    /// @param outcome `worked` or `failed`
    /// @param told what it got, or was told
    /// @param hint the gateway's explanation; empty where there was none
    record Report(String name, String outcome, String told, String hint) {
        /// Reads a line; what it lacks is empty.
        static Report parse(String line) {
            var fields = (line + "\t\t\t").split("\t", -1);
            return new Report(fields[0], fields[1], fields[2], fields[3]);
        }
    }
}
