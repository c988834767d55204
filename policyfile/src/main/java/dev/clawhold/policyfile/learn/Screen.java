package dev.clawhold.policyfile.learn;

import dev.clawhold.policy.ReasonCode;
import dev.clawhold.policy.Spelling;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.SpecialHosts;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import dev.clawhold.policy.request.Method;
import dev.clawhold.policy.request.RequestTarget;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Says of an observation whether a rule may be made of it. Whatever was not denied for want of a
/// rule, and whatever a rule could name only by naming more, is refused.
final class Screen {
    /// No pattern of a policy file is longer.
    private static final int LONGEST_PATTERN = 1_024;

    private static final Set<Integer> CONTROL_PLANE = Set.of(2379, 2380, 6443, 10250, 10255);
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    /// The denials that the want of a rule explains.
    static final Set<ReasonCode> FOR_WANT_OF_A_RULE =
            Set.of(
                    ReasonCode.NO_POLICY,
                    ReasonCode.HOST_NOT_LISTED,
                    ReasonCode.PORT_NOT_LISTED,
                    ReasonCode.BINARY_NOT_LISTED,
                    ReasonCode.REQUEST_NOT_LISTED);

    /// What comes of an observation.
    sealed interface Finding {
        /// A rule has to allow it.
        record Learn(Wanted wanted) implements Finding {}

        /// It needs none.
        record Settled() implements Finding {}

        /// No rule is made of it.
        ///
        /// @param why in words
        record Refused(String why) implements Finding {}
    }

    private static final Finding SETTLED = new Finding.Settled();

    private final LearnOptions options;

    Screen(LearnOptions options) {
        this.options = options;
    }

    Finding find(Observation observation) {
        return switch (observation.outcome()) {
            case ASKED -> new Finding.Refused("the operator was asked");
            case ALLOWED, INSPECTED -> options.base().isPresent() ? SETTLED : wanted(observation);
            case DENIED ->
                    isForWantOfARule(observation.reason())
                            ? wanted(observation)
                            : new Finding.Refused(why(observation.reason()));
        };
    }

    private static boolean isForWantOfARule(String reason) {
        return FOR_WANT_OF_A_RULE.stream().anyMatch(code -> code.code().equals(reason));
    }

    private static String why(String reason) {
        return switch (reason) {
            case "denied_by_rule" -> "a rule denies it";
            case "rule_expired" -> "its rule has ended: `until` would have to be later";
            case "binary_unknown" -> "the program is not known";
            case "binary_changed", "binary_hash_mismatch" -> "the program is not the one meant";
            case "ask_denied", "ask_timeout", "ask_unattended", "ask_overflow" ->
                    "the operator did not say yes";
            case "graphql_not_listed", "ws_not_listed", "rpc_not_listed", "mcp_tool_not_listed" ->
                    "the log does not hold what a clause would have to name";
            default -> "it was not for want of a rule";
        };
    }

    private Finding wanted(Observation observation) {
        return switch (observation.program()) {
            case Program.Unknown _ -> new Finding.Refused("the program is not known");
            case Program.Known(var executable, _, _) -> {
                var fault = fault(executable).or(() -> fault(observation));
                yield fault.isPresent()
                        ? new Finding.Refused(fault.get())
                        : wanted(observation, executable);
            }
        };
    }

    private Optional<String> fault(Executable program) {
        var path = program.path();
        if (!path.startsWith("/") || path.codePoints().anyMatch(Screen::isNoCharacter)) {
            return Optional.of("the program's path cannot be written");
        }
        if (Glob.literally(Glob.Kind.BINARY, path).toString().length() > LONGEST_PATTERN) {
            return Optional.of("the program's path is longer than a pattern may be");
        }
        if (program.changed()) {
            return Optional.of("the program's file had changed");
        }
        boolean hash = program.sha256().matches("[0-9a-f]{64}");
        return options.pin() && !hash
                ? Optional.of("the program's hash is not known")
                : Optional.empty();
    }

    private static boolean isNoCharacter(int c) {
        return c == 0xFFFD || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static Optional<String> fault(Observation observation) {
        int port = observation.port();
        if (port < 1 || port > 65_535) {
            return Optional.of("its port is none");
        }
        return CONTROL_PLANE.contains(port)
                ? Optional.of("the port controls machines: set `allow_control_plane` yourself")
                : Optional.empty();
    }

    private Finding wanted(Observation observation, Executable executable) {
        var host = Host.of(observation.host());
        if (host.isEmpty()) {
            return new Finding.Refused("its host is malformed");
        }
        return switch (SpecialHosts.kind(host.get())) {
            case NEVER -> new Finding.Refused("no rule reaches this host");
            case INFERENCE -> new Finding.Refused("`inference` opens this host, not a rule");
            case ORDINARY, HOST_LOOPBACK -> {
                var connection =
                        new Wanted(
                                executable,
                                host.get(),
                                observation.port(),
                                Optional.empty(),
                                false);
                yield observation
                        .request()
                        .map(request -> wanted(connection, request, observation))
                        .orElseGet(() -> against(connection, observation));
            }
        };
    }

    private Finding wanted(
            Wanted connection, Observation.Request request, Observation observation) {
        var method = Method.of(request.method()).map(Method::text).orElse("*");
        if (!isListable(method)) {
            return new Finding.Refused("a clause cannot name its method alone");
        }
        return switch (RequestTarget.of(request.path(), "")) {
            case RequestTarget.Read.Bad _ -> new Finding.Refused("its path is malformed");
            case RequestTarget.Read.Good(var target) when target.encodedSlash() ->
                    new Finding.Refused(
                            "its path holds an encoded slash: set `allow_encoded_slash` yourself");
            case RequestTarget.Read.Good(var target)
                    when Clause.literal(target.path()).length() > LONGEST_PATTERN ->
                    new Finding.Refused("its path is longer than a pattern may be");
            case RequestTarget.Read.Good(var target) ->
                    against(
                            new Wanted(
                                    connection.program(),
                                    connection.host(),
                                    connection.port(),
                                    Optional.of(new Call(method, target.path())),
                                    false),
                            observation);
        };
    }

    /// `*` is a token too, and a clause with it takes every method; what is one letter from a known
    /// method is taken for a mistake.
    private static boolean isListable(String method) {
        return METHODS.contains(method)
                || (!method.equals("*")
                        && !method.equals("WEBSOCKET_TEXT")
                        && METHODS.stream().noneMatch(m -> Spelling.distance(m, method) <= 1));
    }

    private Finding against(Wanted wanted, Observation observation) {
        return options.base()
                .map(base -> new BaseCheck(base, options.now()).find(wanted, observation.program()))
                .orElseGet(() -> new Finding.Learn(wanted));
    }
}
