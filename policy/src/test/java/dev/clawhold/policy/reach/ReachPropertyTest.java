package dev.clawhold.policy.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.Conditions;
import dev.clawhold.policy.Egress;
import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.Endpoint;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.Ports;
import dev.clawhold.policy.Rule;
import dev.clawhold.policy.Rule.Effect;
import dev.clawhold.policy.RuleId;
import dev.clawhold.policy.clause.Clauses;
import dev.clawhold.policy.clause.CredentialUse;
import dev.clawhold.policy.clause.GraphQlClause;
import dev.clawhold.policy.clause.GraphQlSettings;
import dev.clawhold.policy.clause.HttpClause;
import dev.clawhold.policy.clause.Inspection;
import dev.clawhold.policy.clause.McpClause;
import dev.clawhold.policy.clause.McpSettings;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.clause.RpcClause;
import dev.clawhold.policy.clause.ValueMatcher;
import dev.clawhold.policy.confinement.Confinement;
import dev.clawhold.policy.content.OperationType;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.host.Cidr;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.HostPattern;
import dev.clawhold.policy.host.IpAddress;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import dev.clawhold.policy.program.ProgramPattern;
import dev.clawhold.policy.program.Programs;
import dev.clawhold.policy.reach.Probe.Content;
import dev.clawhold.policy.reach.Probe.Transport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Properties of the comparison, on random policies and random requests. What a random request gets
/// is asked of the policy itself, never of the survey's representatives.
class ReachPropertyTest {
    private static final long SEED = 20_261_121;
    private static final int POLICIES = 25;
    private static final int REQUESTS = 150;
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final List<String> HOSTS =
            List.of("a.x.test", "b.x.test", "c.a.x.test", "other.test", "10.1.2.3", "9.9.9.9");
    private static final List<String> FILES = List.of("/bin/a", "/bin/b", "/opt/c");
    private static final List<String> PATHS = List.of("/", "/a", "/a/b", "/b/c/", "/a/x%2Fy", "/z");

    private final Random random = new Random(SEED);

    @Test
    void aPolicyNeverDiffersFromItselfInAnotherOrder() {
        for (int i = 0; i < POLICIES; i++) {
            var rules = rules();
            var shuffled = new ArrayList<>(rules);
            Collections.shuffle(shuffled, random);
            assertThat(changes(policy(rules), policy(shuffled)))
                    .as("seed %d: %s", SEED, rules)
                    .allMatch(c -> c.direction() == Change.Direction.OTHER)
                    .allMatch(c -> !c.before().conditions().equals(c.after().conditions()));
            assertThat(changes(policy(rules), policy(rules))).isEmpty();
        }
    }

    @Test
    void whatGetsAnotherVerdictIsInTheDifference() {
        int differing = 0;
        for (int i = 0; i < POLICIES; i++) {
            var rules = rules();
            var others = random.nextBoolean() ? changed(rules) : rules();
            var before = policy(rules);
            var after = policy(others);
            var changes = changes(before, after);
            for (int j = 0; j < REQUESTS; j++) {
                var connection = connection();
                var answers = answers(connection);
                var now = NOW.plusSeconds(random.nextInt(3) * 100L);
                var probe = probe();
                var one = asked(before, connection, answers, now, probe);
                var other = asked(after, connection, answers, now, probe);
                if (!one.equals(other)) {
                    differing++;
                    assertThat(changes.stream().anyMatch(c -> covers(c, connection, probe)))
                            .as(
                                    "seed %d: %s %s %s: %s, %s in\n%s\nand\n%s\nwith %s",
                                    SEED,
                                    connection,
                                    answers,
                                    probe,
                                    one,
                                    other,
                                    rules,
                                    others,
                                    changes.stream().map(Change::subject).toList())
                            .isTrue();
                }
            }
        }
        assertThat(differing).isGreaterThan(POLICIES);
    }

    @Test
    void anotherDenyIsNeverWider() {
        for (int i = 0; i < POLICIES; i++) {
            var rules = rules();
            var more = new ArrayList<>(rules);
            var deny = rule("more", Effect.DENY);
            more.add(random.nextInt(more.size() + 1), deny);
            assertThat(changes(policy(rules), policy(more)))
                    .as("seed %d: %s and %s", SEED, rules, deny)
                    .noneMatch(c -> c.direction() == Change.Direction.WIDER);
        }
    }

    @Test
    void whatCanGoOutIsWhatPermits() {
        for (int i = 0; i < POLICIES; i++) {
            var policy = policy(rules());
            var can = Can.query(policy, NOW, Scope.ALL, Can.Filter.NONE);
            var ways =
                    switch (can) {
                        case Can.Answers(var all) -> all;
                        case Can.TooLarge(var cause) -> throw new AssertionError(cause);
                    };
            for (int j = 0; j < REQUESTS; j++) {
                var connection = connection();
                var probe = probe();
                var answers = answers(connection);
                if (asked(policy, connection, answers, NOW, probe).matches("OPAQUE|ALLOW|ASK")) {
                    assertThat(ways.stream().anyMatch(c -> covers(c, connection, probe)))
                            .as(
                                    "seed %d: %s %s in %s",
                                    SEED,
                                    connection,
                                    probe,
                                    ways.stream().map(Change::subject).toList())
                            .isTrue();
                }
            }
        }
    }

    /// The survey's own reading of clauses agrees with the decision point's, on real bytes.
    @Test
    void requestsAreJudgedAsTheDecisionPointJudgesThem() {
        int inspected = 0;
        int permitted = 0;
        while (inspected < 2_000) {
            var policy = policy(rules());
            for (int j = 0; j < REQUESTS; j++) {
                var connection = connection();
                var probe = probe();
                if (policy.admit(connection, answers(connection), NOW)
                        instanceof dev.clawhold.policy.Verdict.Inspect(_, var http)) {
                    inspected++;
                    var mine = new Judge(http.parts(), List.of(), false).rule(probe).verdict();
                    var told = new Decided(http).told(probe);
                    permitted += mine == Ruling.Verdict.ALLOW ? 1 : 0;
                    assertThat(told)
                            .as("seed %d: %s under %s", SEED, probe, http.parts())
                            .isEqualTo(mine == Ruling.Verdict.DENIED ? "NOT_LISTED" : mine.name());
                }
            }
        }
        assertThat(permitted).isBetween(100, inspected - 100);
    }

    private static String asked(
            Policy policy,
            EgressRequest connection,
            List<IpAddress> answers,
            Instant now,
            Probe probe) {
        return switch (Outcome.of(policy, connection, answers, now)) {
            case Outcome.Closed(var ruling) -> "CLOSED" + ruling.permits();
            case Outcome.Opaque(var ruling) -> ruling.verdict().name();
            case Outcome.Inspected(_, var judge) -> {
                var ruling = judge.rule(probe);
                yield ruling.permits() ? ruling.verdict().name() : "CLOSEDfalse";
            }
        };
    }

    private static List<Change> changes(Policy before, Policy after) {
        return switch (ReachDiff.of(before, after, NOW)) {
            case ReachDiff.Found(_, var changes) -> changes;
            case ReachDiff.TooLarge(var cause) -> throw new AssertionError(cause);
        };
    }

    private static Policy policy(List<Rule> rules) {
        return new Policy(1, Confinement.BUILT_IN, Egress.of(rules));
    }

    private static boolean covers(Change change, EgressRequest connection, Probe probe) {
        boolean port =
                change.ports().contains(String.valueOf(connection.port()))
                        || change.ports().contains(Merging.OTHER_PORTS);
        return port
                && holds(change.hosts(), name -> isHost(name, connection.host()))
                && roles(connection.program()).stream()
                        .anyMatch(role -> holds(change.programs(), name -> isProgram(name, role)))
                && (change.what().isEmpty()
                        || (isAsked(change, probe)
                                && holds(
                                        change.paths(),
                                        name -> glob(Glob.Kind.PATH, name).matches(probe.path()))));
    }

    /// Bodies are told apart by words; that some are meant is all that is tested here.
    private static boolean isAsked(Change change, Probe probe) {
        var what = change.what();
        return switch (probe.transport()) {
            case UPGRADE -> what.contains("GET upgrade");
            case TEXT ->
                    probe.content() instanceof Content.Plain
                            ? what.contains(HttpClause.WEBSOCKET_TEXT)
                            : what.stream().anyMatch(w -> w.endsWith(" message"));
            case REQUEST ->
                    switch (probe.content()) {
                        case Content.Plain _ ->
                                what.contains("*")
                                        || what.contains(probe.method())
                                        || (probe.method().equals("HEAD") && what.contains("GET"));
                        case Content.Operation _, Content.Call _ -> true;
                    };
        };
    }

    private interface Named {
        boolean holds(String name);
    }

    private static boolean holds(Shape shape, Named named) {
        return shape.terms().stream()
                .anyMatch(term ->
                        term.in().stream().allMatch(named::holds)
                                && term.except().stream().noneMatch(named::holds));
    }

    private static boolean isHost(String name, Host host) {
        if (name.equals("any host")) {
            return true;
        }
        if (name.startsWith("addresses such as ")) {
            return host instanceof Host.Address;
        }
        return switch (host) {
            case Host.Name(var text) ->
                    name.equals("any name")
                            || name.equals("**")
                            || (!name.equals("any address")
                                    && Cidr.parse(name).isEmpty()
                                    && glob(Glob.Kind.HOST, name).matches(text));
            case Host.Address(var address) ->
                    name.equals("any address")
                            || name.equals("**")
                            || Cidr.parse(name).filter(r -> r.contains(address)).isPresent();
        };
    }

    /// One of the files that a process stands for.
    private record Role(boolean self, String path) {}

    private static List<Role> roles(Program program) {
        return switch (program) {
            case Program.Unknown _ -> List.of(new Role(true, ""));
            case Program.Known(var executable, var ancestors, _) -> {
                var roles = new ArrayList<Role>();
                roles.add(new Role(true, executable.path()));
                ancestors.forEach(a -> roles.add(new Role(false, a.path())));
                yield roles;
            }
        };
    }

    private static boolean isProgram(String name, Role role) {
        if (name.equals("any program")) {
            return true;
        }
        if (role.path().isEmpty() || name.equals("unidentified programs")) {
            return role.path().isEmpty() && name.equals("unidentified programs");
        }
        if (name.contains(" with other content")) {
            return false;
        }
        var pattern = name;
        if (name.startsWith("programs below ")) {
            if (role.self()) {
                return false;
            }
            pattern = name.substring("programs below ".length());
        } else if (name.endsWith(" itself")) {
            if (!role.self()) {
                return false;
            }
            pattern = name.substring(0, name.length() - " itself".length());
        }
        return pattern.equals("any program")
                || glob(Glob.Kind.BINARY, pattern).matches(role.path());
    }

    private List<Rule> rules() {
        return IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> rule("r" + i, Effect.ALLOW))
                .toList();
    }

    /// One rule made anew, put in, or taken out.
    private List<Rule> changed(List<Rule> rules) {
        var changed = new ArrayList<>(rules);
        int at = random.nextInt(rules.size());
        switch (random.nextInt(3)) {
            case 0 -> changed.set(at, rule("n", Effect.ALLOW));
            case 1 -> changed.add(at, rule("n", Effect.ALLOW));
            default -> changed.remove(at);
        }
        return changed;
    }

    private Rule rule(String key, Effect wanted) {
        var effect =
                wanted == Effect.DENY
                        ? wanted
                        : pick(
                                List.of(
                                        Effect.ALLOW,
                                        Effect.ALLOW,
                                        Effect.ALLOW,
                                        Effect.ASK,
                                        Effect.DENY));
        var endpoints =
                IntStream.range(0, 1 + random.nextInt(2)).mapToObj(_ -> endpoint(effect)).toList();
        var until =
                random.nextInt(5) == 0
                        ? Optional.of(NOW.plusSeconds(150))
                        : Optional.<Instant>empty();
        var conditions =
                new Conditions(
                        until,
                        Conditions.NONE.limits(),
                        Conditions.DEFAULT_ASK_TIMEOUT,
                        Conditions.Secrets.DENY);
        return new Rule(new RuleId(key), effect, endpoints, programs(), conditions, "", 0);
    }

    private Programs programs() {
        var patterns =
                pick(
                        List.of(
                                List.of("/bin/a"),
                                List.of("/bin/*"),
                                List.of("/bin/a", "/opt/c"),
                                List.of("/**"),
                                List.<String>of()));
        return patterns.isEmpty()
                ? Programs.any()
                : Programs.listed(
                        patterns.stream()
                                .map(p ->
                                        ProgramPattern.of(
                                                glob(Glob.Kind.BINARY, p),
                                                Set.of(),
                                                random.nextInt(3) > 0))
                                .toList());
    }

    private Endpoint endpoint(Effect effect) {
        var ports = pick(List.of(List.of(443), List.of(80, 443), List.of(443, 6443)));
        var kind = random.nextInt(10);
        var allowed =
                random.nextInt(5) == 0
                        ? List.of(
                                Cidr.parse(pick(List.of("10.1.0.0/16", "10.0.0.0/8")))
                                        .orElseThrow())
                        : List.<Cidr>of();
        HostPattern host;
        if (kind == 0 && effect == Effect.ASK) {
            host = new HostPattern.CatchAll();
        } else if (kind == 1 && !allowed.isEmpty()) {
            host = new HostPattern.ByAddress();
        } else if (kind == 2) {
            host = new HostPattern.Range(Cidr.parse("10.1.2.0/24").orElseThrow());
        } else {
            var text =
                    pick(List.of("a.x.test", "b.x.test", "*.x.test", "**.x.test", "{a,b}.x.test"));
            host =
                    Glob.hasWildcards(text)
                            ? new HostPattern.Wildcard(glob(Glob.Kind.HOST, text))
                            : new HostPattern.Exact((Host.Name) Host.of(text).orElseThrow());
        }
        var target =
                new Endpoint.Target(
                        host,
                        effect == Effect.ALLOW || random.nextBoolean()
                                ? Ports.of(ports)
                                : Ports.any(),
                        allowed,
                        random.nextBoolean(),
                        0);
        return effect == Effect.DENY || random.nextInt(3) == 0
                ? new Endpoint.Opaque(target, random.nextInt(5) > 0)
                : new Endpoint.Inspected(target, inspection());
    }

    private Inspection inspection() {
        var path =
                random.nextInt(3) == 0
                        ? Optional.of(glob(Glob.Kind.PATH, pick(List.of("/a", "/a/**", "/b/**"))))
                        : Optional.<Glob>empty();
        return new Inspection(
                path,
                random.nextInt(8) == 0,
                random.nextInt(4) == 0,
                protocol(),
                CredentialUse.NONE,
                false);
    }

    private Protocol protocol() {
        return switch (random.nextInt(8)) {
            case 0 ->
                    new Protocol.WebSocket(
                            all(this::http),
                            random.nextInt(3) == 0 ? all(this::operation) : Clauses.none(),
                            GraphQlSettings.DEFAULT);
            case 1 -> new Protocol.GraphQl(all(this::operation), GraphQlSettings.DEFAULT);
            case 2 ->
                    new Protocol.JsonRpc(
                            all(() ->
                                    new RpcClause(
                                            random.nextBoolean()
                                                    ? Optional.of("m")
                                                    : Optional.empty(),
                                            0)),
                            65_536);
            case 3 ->
                    new Protocol.Mcp(
                            all(this::mcp),
                            new McpSettings(
                                    65_536,
                                    random.nextBoolean(),
                                    random.nextBoolean(),
                                    McpSettings.VERSIONS,
                                    Map.of()));
            default -> new Protocol.Rest(all(this::http));
        };
    }

    private <C> Clauses<C> all(Supplier<C> clause) {
        return new Clauses<>(some(clause, 1), some(clause, 0), some(clause, 0));
    }

    private <C> List<C> some(Supplier<C> clause, int least) {
        return IntStream.range(0, least + random.nextInt(2)).mapToObj(_ -> clause.get()).toList();
    }

    private HttpClause http() {
        var method = pick(List.of("GET", "POST", "*", "*", "PURGE", HttpClause.WEBSOCKET_TEXT));
        return new HttpClause(
                method.equals("*") ? Optional.empty() : Optional.of(method),
                glob(Glob.Kind.PATH, pick(List.of("/**", "/a", "/a/*", "/a/**", "/*", "/**/c/"))),
                random.nextInt(4) == 0
                        ? Map.of("q", matcher("x*"), "r", matcher("*"))
                        : random.nextInt(4) == 0
                                ? Map.of("q", matcher(pick(List.of("x*", "y"))))
                                : Map.of(),
                0);
    }

    private GraphQlClause operation() {
        return new GraphQlClause(
                random.nextBoolean() ? Optional.of(OperationType.MUTATION) : Optional.empty(),
                random.nextInt(3) == 0
                        ? Optional.of(glob(Glob.Kind.VALUE, "Add*"))
                        : Optional.empty(),
                random.nextBoolean()
                        ? List.of(glob(Glob.Kind.VALUE, pick(List.of("x", "x*", "y"))))
                        : List.of(),
                0);
    }

    private McpClause mcp() {
        return switch (random.nextInt(3)) {
            case 0 ->
                    new McpClause(
                            Optional.of(glob(Glob.Kind.VALUE, "initialize")),
                            Optional.empty(),
                            Map.of(),
                            0);
            case 1 -> new McpClause(Optional.empty(), Optional.of(matcher("read_*")), Map.of(), 0);
            default ->
                    new McpClause(
                            Optional.empty(),
                            Optional.of(matcher("pay")),
                            Map.of("to", matcher("x*")),
                            0);
        };
    }

    private EgressRequest connection() {
        var ancestors = IntStream.range(0, random.nextInt(3)).mapToObj(_ -> file()).toList();
        Program program =
                random.nextInt(8) == 0
                        ? new Program.Unknown("gone", 1)
                        : new Program.Known(file(), ancestors, 1);
        return new EgressRequest(
                Host.of(pick(HOSTS)).orElseThrow(), pick(List.of(80, 443, 6443, 8080)), program);
    }

    private Executable file() {
        return new Executable(pick(FILES), "0".repeat(64), false);
    }

    private List<IpAddress> answers(EgressRequest connection) {
        return switch (connection.host()) {
            case Host.Address(var address) -> List.of(address);
            case Host.Name _ ->
                    IntStream.range(0, 1 + random.nextInt(2))
                            .mapToObj(_ ->
                                    IpAddress.parse(
                                                    pick(
                                                            List.of(
                                                                    "8.8.8.8",
                                                                    "10.1.0.9",
                                                                    "10.9.9.9",
                                                                    "192.168.0.1")))
                                            .orElseThrow())
                            .toList();
        };
    }

    private Probe probe() {
        var transport =
                pick(
                        List.of(
                                Transport.REQUEST,
                                Transport.REQUEST,
                                Transport.REQUEST,
                                Transport.UPGRADE,
                                Transport.TEXT));
        Content content =
                switch (random.nextInt(4)) {
                    case 0 ->
                            new Content.Operation(
                                    pick(List.of(OperationType.QUERY, OperationType.MUTATION)),
                                    pick(
                                            List.of(
                                                    Optional.<String>empty(),
                                                    Optional.of("AddX"),
                                                    Optional.of("Z"))),
                                    pick(
                                            List.of(
                                                    Set.<String>of(),
                                                    Set.of("x"),
                                                    Set.of("x", "y"),
                                                    Set.of("xx", "z"))));
                    case 1 ->
                            pick(
                                    List.of(
                                            new Content.Call("m", Optional.empty()),
                                            new Content.Call("other", Optional.empty()),
                                            new Content.Call("initialize", Optional.empty()),
                                            call("read_a", Map.of()),
                                            call("odd name", Map.of()),
                                            call("pay", Map.of("to", Optional.empty())),
                                            call("pay", Map.of("to", Optional.of("xy"))),
                                            call("pay", Map.of("to", Optional.of("z")))));
                    default -> Probe.PLAIN;
                };
        boolean plain = content instanceof Content.Plain;
        var method =
                transport != Transport.REQUEST
                        ? "GET"
                        : plain
                                ? pick(List.of("GET", "HEAD", "POST", "DELETE", "PURGE"))
                                : content instanceof Content.Call
                                        ? "POST"
                                        : pick(List.of("GET", "POST"));
        return new Probe(
                transport,
                method,
                pick(PATHS),
                pick(
                        List.of(
                                Map.of(),
                                Map.of("q", List.of("x")),
                                Map.of("q", List.of("x1", "y")),
                                Map.of("q", List.of("x1", "y"), "r", List.of("")))),
                transport == Transport.TEXT && content instanceof Content.Call
                        ? Probe.PLAIN
                        : transport == Transport.UPGRADE ? Probe.PLAIN : content);
    }

    private static Content call(String tool, Map<String, Optional<String>> arguments) {
        return new Content.Call(
                ClauseMatch.TOOL_CALL, Optional.of(new Probe.Tool(tool, arguments)));
    }

    private static ValueMatcher matcher(String pattern) {
        return new ValueMatcher(List.of(glob(Glob.Kind.VALUE, pattern)));
    }

    private <T> T pick(List<? extends T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static Glob glob(Glob.Kind kind, String pattern) {
        return switch (Glob.read(kind, pattern)) {
            case Glob.Read.Good(var glob, _) -> glob;
            case Glob.Read.Bad(var message) -> throw new AssertionError(message);
        };
    }
}
