package dev.clawhold.policy;

import dev.clawhold.policy.clause.Clauses;
import dev.clawhold.policy.clause.Inspection;
import dev.clawhold.policy.clause.Protocol;
import dev.clawhold.policy.confinement.Confinement;
import dev.clawhold.policy.glob.Glob;
import dev.clawhold.policy.host.Cidr;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.host.HostPattern;
import dev.clawhold.policy.host.IpAddress;
import dev.clawhold.policy.limit.Period;
import dev.clawhold.policy.limit.Rate;
import dev.clawhold.policy.limit.Room;
import dev.clawhold.policy.limit.RuleLimits;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import dev.clawhold.policy.program.ProgramPattern;
import dev.clawhold.policy.program.Programs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/// Policies and requests of few hosts, ports and programs, so that many rules fit one request.
final class RandomPolicies {
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private static final List<String> NAMES =
            List.of(
                    "api.test",
                    "a.api.test",
                    "b.api.test",
                    "c.b.api.test",
                    "eu-a.api.test",
                    "x.s3.eu.test",
                    "other.test",
                    "host.docker.internal",
                    "host.clawhold.internal",
                    "metadata.google.internal",
                    "localhost");
    private static final List<String> PATTERNS =
            List.of(
                    "*.api.test",
                    "**.api.test",
                    "*-a.api.test",
                    "?.api.test",
                    "{a,c.b}.api.test",
                    "e*-*.api.test",
                    "*.*.api.test",
                    "*.s3.*.test",
                    "*.docker.internal",
                    "**.internal.test",
                    "{a,*}.api.test");
    private static final List<String> ADDRESSES =
            List.of(
                    "93.184.216.34",
                    "9.9.9.9",
                    "10.20.3.4",
                    "10.20.9.9",
                    "10.30.0.9",
                    "192.168.1.1",
                    "2606:4700::1",
                    "fd00::7",
                    "64:ff9b::a14:304",
                    "64:ff9b::5db8:d822",
                    "2002:a14:304::1",
                    "127.0.0.1",
                    "::1",
                    "169.254.169.254",
                    "64:ff9b::a9fe:a9fe",
                    "100.100.100.200");
    private static final List<String> RANGES =
            List.of(
                    "10.20.0.0/16",
                    "10.20.9.0/24",
                    "10.0.0.0/8",
                    "93.184.216.34/32",
                    "0.0.0.0/1",
                    "fd00::/8",
                    "64:ff9b::/96",
                    "10.20.3.4/32");
    private static final List<Integer> PORTS = List.of(80, 443, 6443);
    private static final List<String> PATHS =
            List.of("/usr/bin/curl", "/usr/bin/git", "/opt/a/b", "/opt/a/b/c");
    private static final List<String> PATH_PATTERNS =
            List.of("/usr/bin/*", "/opt/**", "/opt/*/b", "/usr/bin/{git,gh}", "/**/b");
    private static final List<String> HASHES = List.of("a".repeat(64), "b".repeat(64));

    private static final List<Room.Left> ROOM = List.of(Room.Left.values());

    private final Random random;

    RandomPolicies(long seed) {
        random = new Random(seed);
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    Random random() {
        return random;
    }

    /// Up to 12 rules, seldom up to 60.
    List<Rule> rules() {
        var rules = new ArrayList<Rule>();
        int count = random.nextInt(once(20) ? 60 : 12);
        for (int i = 0; i < count; i++) {
            rules.add(rule("r" + i, one(List.of(Rule.Effect.values()))));
        }
        return rules;
    }

    static Policy policy(List<Rule> rules) {
        return new Policy(1, Confinement.BUILT_IN, Egress.of(rules));
    }

    Rule rule(String key, Rule.Effect drawn) {
        var effect = drawn == Rule.Effect.DENY && once(2) ? Rule.Effect.ALLOW : drawn;
        var endpoints = new ArrayList<Endpoint>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            endpoints.add(endpoint(effect));
        }
        var until =
                switch (random.nextInt(6)) {
                    case 0 -> Optional.of(NOW);
                    case 1 -> Optional.of(NOW.plusSeconds(1));
                    default -> Optional.<Instant>empty();
                };
        var conditions =
                new Conditions(
                        until, limits(effect), Duration.ofMinutes(1), Conditions.NONE.secrets());
        return new Rule(new RuleId(key), effect, endpoints, programs(), conditions, "", 0);
    }

    private RuleLimits limits(Rule.Effect effect) {
        return effect == Rule.Effect.DENY || !once(4)
                ? RuleLimits.NONE
                : new RuleLimits(
                        Optional.of(new Rate(1, Period.MINUTE)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty());
    }

    private Endpoint endpoint(Rule.Effect effect) {
        var host = hostPattern(effect);
        boolean byAddress = host instanceof HostPattern.ByAddress;
        List<Cidr> allowed =
                byAddress || once(4) ? List.of(Cidr.parse(one(RANGES)).orElseThrow()) : List.of();
        var ports =
                effect != Rule.Effect.ALLOW && once(3)
                        ? Ports.any()
                        : Ports.of(once(3) ? List.of(80, 443) : List.of(one(PORTS)));
        var target = new Endpoint.Target(host, ports, allowed, once(3), 0);
        return effect != Rule.Effect.DENY && once(3)
                ? new Endpoint.Inspected(target, Inspection.of(new Protocol.Rest(Clauses.none())))
                : new Endpoint.Opaque(target, true);
    }

    private HostPattern hostPattern(Rule.Effect effect) {
        return switch (random.nextInt(8)) {
            case 0 -> new HostPattern.ByAddress();
            case 1 ->
                    effect == Rule.Effect.ASK
                            ? new HostPattern.CatchAll()
                            : new HostPattern.Range(Cidr.only(address()));
            case 2 -> new HostPattern.Range(Cidr.parse(one(RANGES)).orElseThrow());
            case 3, 4 -> new HostPattern.Wildcard(glob(Glob.Kind.HOST, one(PATTERNS)));
            default -> new HostPattern.Exact((Host.Name) Host.of(one(NAMES)).orElseThrow());
        };
    }

    static Glob glob(Glob.Kind kind, String pattern) {
        return switch (Glob.read(kind, pattern)) {
            case Glob.Read.Good(var glob, _) -> glob;
            case Glob.Read.Bad(var message) -> throw new IllegalArgumentException(message);
        };
    }

    private Programs programs() {
        if (once(3)) {
            return Programs.any();
        }
        var patterns = new ArrayList<ProgramPattern>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            var path = glob(Glob.Kind.BINARY, one(once(3) ? PATH_PATTERNS : PATHS));
            var hashes = once(3) ? Set.of(one(HASHES)) : Set.<String>of();
            patterns.add(ProgramPattern.of(path, hashes, !once(3)));
        }
        return Programs.listed(patterns);
    }

    EgressRequest request() {
        var host = once(3) ? new Host.Address(address()) : Host.of(one(NAMES)).orElseThrow();
        return new EgressRequest(host, once(20) ? 8443 : one(PORTS), program());
    }

    private Program program() {
        if (once(10)) {
            return new Program.Unknown("nobody knows", 1);
        }
        var ancestors = new ArrayList<Executable>();
        for (int i = random.nextInt(3); i > 0; i--) {
            ancestors.add(executable());
        }
        return new Program.Known(executable(), ancestors, 1);
    }

    private Executable executable() {
        return new Executable(once(5) ? "/tmp/x" : one(PATHS), one(HASHES), once(8));
    }

    private IpAddress address() {
        return IpAddress.parse(one(ADDRESSES)).orElseThrow();
    }

    List<IpAddress> answers(EgressRequest request) {
        if (request.host() instanceof Host.Address(var literal)) {
            return List.of(literal);
        }
        var answers = new ArrayList<IpAddress>();
        for (int i = once(20) ? 0 : 1 + random.nextInt(2); i > 0; i--) {
            answers.add(IpAddress.parse(ADDRESSES.get(below(once(4) ? 16 : 11))).orElseThrow());
        }
        return answers;
    }

    /// Some rules have no room left, and the operator has sometimes said yes.
    Circumstances circumstances() {
        boolean approved = once(6);
        int used = random.nextInt(12);
        return new Circumstances(
                NOW,
                new Approvals() {
                    @Override
                    public boolean covers(EgressRequest connection) {
                        return approved;
                    }
                },
                (rule, _, _) -> ROOM.get(Math.floorMod(rule.hashCode() * 7 + used, 12) % 4));
    }
}
