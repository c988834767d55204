package dev.clawhold.policyfile.learn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every log, shown on random ones; a failure names its seed.
class LearningPropertiesTest {
    private static final List<String> PROGRAMS =
            List.of("/usr/bin/curl", "/usr/bin/git", "/opt/a b/x*", "/srv/[t]{o}ol");
    private static final List<String> HOSTS =
            List.of("a.example", "b.a.example", "10.1.2.3", "2001:db8::1", "null");
    private static final List<Integer> PORTS = List.of(80, 443, 8443);
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "DELETE", "REPORT");
    private static final List<String> WORDS =
            List.of("v1", "items", "17", "18", "a*b", "a%20b", "deadbe1", "%7Bid%7D", "$x", "");
    private static final List<String> REASONS =
            List.of(
                    "no_policy",
                    "host_not_listed",
                    "port_not_listed",
                    "binary_not_listed",
                    "denied_by_rule",
                    "address_private");

    static List<Long> seeds() {
        var random = new Random(20_261_120);
        return random.longs(150).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void allThatWasWantedIsAllowedAndNothingBesideIt(long seed) {
        var random = new Random(seed);
        var log = log(random);
        var policy = Sights.policy(Sights.learn(LearnOptions.PLAIN, array(log)).text());
        var wanted = log.stream().filter(LearningPropertiesTest::isWanted).toList();
        var seen = new Seen(wanted);
        for (var observation : wanted) {
            assertThat(Sights.allows(policy, observation)).as("%s", observation).isTrue();
            for (var other : neighbours(observation)) {
                assertThat(Sights.allows(policy, other)).as("%s", other).isEqualTo(seen.has(other));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void idsOnlyEverStandForOneSegment(long seed) {
        var log = log(new Random(seed));
        var options = new LearnOptions(true, false, Optional.empty(), Sights.NOON);
        var policy = Sights.policy(Sights.learn(options, array(log)).text());
        var wanted = log.stream().filter(LearningPropertiesTest::isWanted).toList();
        for (var observation : wanted) {
            assertThat(Sights.allows(policy, observation)).as("%s", observation).isTrue();
            observation
                    .request()
                    .ifPresent(request -> {
                        for (var path : List.of("/a", "/17/x", "/zz")) {
                            var longer = at(observation, request.method(), request.path() + path);
                            boolean known = wanted.stream().anyMatch(o -> alike(o, longer));
                            assertThat(known || !Sights.allows(policy, longer))
                                    .as("%s", longer)
                                    .isTrue();
                        }
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theOrderOfRecordsDoesNotCount(long seed) {
        var random = new Random(seed);
        var log = log(random);
        var text = Sights.learn(LearnOptions.PLAIN, array(log)).text();
        Collections.shuffle(log, random);

        assertThat(Sights.learn(LearnOptions.PLAIN, array(log)).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasLearnedNeedNotBeLearnedAgain(long seed) {
        var log = log(new Random(seed));
        var policy = Sights.policy(Sights.learn(LearnOptions.PLAIN, array(log)).text());
        var again = Sights.learn(Sights.beside(policy), array(log));

        assertThat(again.rules()).isZero();
    }

    /// What was wanted, without regard to how it is written.
    private static final class Seen {
        private final Set<List<Object>> connections = new HashSet<>();
        private final Set<List<Object>> requests = new HashSet<>();

        Seen(List<Observation> wanted) {
            for (var o : wanted) {
                connections.add(connection(o));
                o.request()
                        .ifPresent(r ->
                                requests.add(List.of(connection(o), r.method(), shape(r.path()))));
            }
        }

        boolean has(Observation o) {
            if (o.request().isEmpty()) {
                return connections.contains(connection(o));
            }
            var request = o.request().get();
            boolean inspected = requests.stream().anyMatch(r -> r.contains(connection(o)));
            if (!inspected) {
                return connections.contains(connection(o));
            }
            var path = shape(request.path());
            return requests.contains(List.of(connection(o), request.method(), path))
                    || (request.method().equals("HEAD")
                            && requests.contains(List.of(connection(o), "GET", path)));
        }

        private static List<Object> connection(Observation o) {
            var ancestors =
                    o.program() instanceof Program.Known known && !known.ancestors().isEmpty();
            return List.of(o.program(), o.host(), o.port(), ancestors);
        }

        /// Repeated slashes are one.
        private static String shape(String path) {
            return path.replaceAll("/+", "/");
        }
    }

    private static boolean alike(Observation one, Observation other) {
        return one.program().equals(other.program())
                && one.host().equals(other.host())
                && one.port() == other.port()
                && one.request().isPresent()
                && one.request().get().path().split("/+", -1).length
                        == other.request().orElseThrow().path().split("/+", -1).length;
    }

    private static boolean isWanted(Observation o) {
        return !o.reason().equals("denied_by_rule") && !o.reason().equals("address_private");
    }

    private static List<Observation> neighbours(Observation o) {
        var others = new ArrayList<Observation>();
        PROGRAMS.forEach(program -> others.add(Sights.by(Sights.program(program), o)));
        others.add(Sights.by(Sights.program("/usr/bin/curlx"), o));
        others.add(
                Sights.by(
                        new Program.Known(
                                new Executable("/bin/child", Sights.HASH, false),
                                List.of(((Program.Known) o.program()).executable()),
                                7),
                        o));
        for (var host : List.of("a.example", "x.a.example", "example", "10.1.2.4", "2001:db8::2")) {
            others.add(to(o, host, o.port()));
        }
        for (int port : List.of(80, 443, 8443, 8080)) {
            others.add(to(o, o.host(), port));
        }
        o.request()
                .ifPresent(request -> {
                    for (var method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")) {
                        others.add(at(o, method, request.path()));
                    }
                    for (var end : List.of("x", "/", "/x", "?")) {
                        var path = request.path() + (end.equals("?") ? "%3F" : end);
                        others.add(at(o, request.method(), path));
                    }
                    others.add(at(o, request.method(), "/"));
                    others.add(at(o, request.method(), "/v1/axb"));
                });
        return others;
    }

    private static Observation to(Observation o, String host, int port) {
        return new Observation(
                o.time(), o.program(), host, port, o.request(), o.outcome(), o.reason());
    }

    private static Observation at(Observation o, String method, String path) {
        return new Observation(
                o.time(),
                o.program(),
                o.host(),
                o.port(),
                Optional.of(new Observation.Request(method, path)),
                o.outcome(),
                o.reason());
    }

    private static List<Observation> log(Random random) {
        var log = new ArrayList<Observation>();
        int size = 1 + random.nextInt(30);
        // few of each kind, so that much meets in one rule, or many
        var programs = some(PROGRAMS, random);
        var hosts = some(HOSTS, random);
        var ports = some(PORTS, random);
        var methods = some(METHODS, random);
        for (int i = 0; i < size; i++) {
            var connection =
                    new Observation(
                            Sights.NOON.plusSeconds(random.nextInt(1_000)),
                            Sights.program(one(programs, random)),
                            one(hosts, random),
                            one(ports, random),
                            Optional.empty(),
                            random.nextBoolean()
                                    ? Observation.Outcome.DENIED
                                    : Observation.Outcome.ALLOWED,
                            "rule");
            boolean denied = connection.outcome() == Observation.Outcome.DENIED;
            var told =
                    Sights.with(
                            connection,
                            connection.outcome(),
                            denied ? one(REASONS, random) : "rule");
            log.add(random.nextInt(3) == 0 ? told : at(told, one(methods, random), path(random)));
        }
        return log;
    }

    private static String path(Random random) {
        var path = new StringBuilder();
        int segments = 1 + random.nextInt(3);
        for (int i = 0; i < segments; i++) {
            path.append('/').append(one(WORDS, random));
        }
        return path.toString();
    }

    private static <T> List<T> some(List<T> list, Random random) {
        return list.subList(0, 1 + random.nextInt(list.size()));
    }

    private static <T> T one(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    private static Observation[] array(List<Observation> list) {
        return list.toArray(Observation[]::new);
    }
}
