package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How a run ends: with its command's status, with nothing left behind, and never with a workload
/// that has a network and no gateway.
@Timeout(120)
class EndIT {
    private static final String POLICY =
            """
            version: 1
            network_policies:
              api: {endpoints: [{host: api.test, ports: [80, 443]}], binaries: any}
            """;

    @TempDir static Path shared;

    private static Upstream upstream;

    @BeforeAll
    static void startUpstream() {
        upstream = Upstream.start(shared);
    }

    @AfterAll
    static void stopUpstream() {
        upstream.close();
    }

    private static Scene scene(Caller caller) {
        return upstream.reachedBy(Scene.in(shared, caller), "api.test").policy(POLICY);
    }

    @ParameterizedTest
    @MethodSource("dev.clawhold.app.Caller#present")
    void theStatusIsTheCommands(Caller caller) {
        var statuses =
                Map.of("exit 0", 0, "exit 3", 3, "kill -9 $$", 128 + 9, "kill -TERM $$", 128 + 15);
        statuses.forEach((script, status) -> {
            var scene = Scene.in(shared, caller);
            assertThat(scene.sh(script).status()).as(script).isEqualTo(status);
            assertThat(scene.records("kind", "lifecycle", "what", "ended"))
                    .singleElement()
                    .satisfies(record ->
                            assertThat(record.field("details.status"))
                                    .contains(Integer.toString(status)));
            Traces.none(scene);
        });
    }

    @ParameterizedTest
    @MethodSource("dev.clawhold.app.Caller#present")
    void filesOfTheWorkloadAreTheCallers(Caller caller) {
        var scene = Scene.in(shared, caller);

        assertThat(scene.sh("echo x >made && mkdir d && echo y >d/e && id -u").status()).isZero();

        for (var name : List.of("made", "d", "d/e")) {
            assertThat(Caller.owner(scene.workdir().resolve(name))).as(name).isEqualTo(caller.id());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.clawhold.app.Caller#present")
    void terminationEndsTheWorkloadAndWhatItHasStarted(Caller caller) {
        var scene = scene(caller).option("--name", "to-be-ended-" + caller.id());
        try (var held =
                scene.start(
                        "sh",
                        "-c",
                        "sleep 1000 & (setsid sleep 1000 &) & nohup sleep 1000 & echo ready; wait")) {
            var processes = withStarted(held.says("ready"), 5);
            held.signal("TERM");
            var ended = held.hearEnd().finish();

            assertThat(ended.status()).as("%s", ended).isEqualTo(128 + 15);
            Traces.ended(processes);
        }
        Traces.none(scene);
        Traces.noGroups("to-be-ended");
        scene.auditIsIntact();
    }

    @ParameterizedTest
    @MethodSource("dev.clawhold.app.Caller#present")
    void aWorkloadWhoseSupervisorIsKilledHasNoNetwork(Caller caller) throws IOException {
        var scene = scene(caller).option("--name", "orphan-" + caller.id());
        // The shell keeps the pipes open when what it has started is killed.
        var outer = List.of("sh", "-c", "\"$@\"; exec sleep 1000", "sh");
        try (var held = scene.startBelow(outer, Scene.pythonCommand("orphan.py"))) {
            held.says("before: connected");
            var processes = withStarted(held, 3);
            var supervisor = only(processes, "dev.clawhold.app.Main");
            var keeper = only(processes, "clawhold-keeper");
            supervisor.destroyForcibly();
            Traces.ended(List.of(supervisor));
            held.hear("on").says("tunnel: ended").says("after: nobody answered");

            assertThat(held.said()).as("%s", held).doesNotContain("after: connected");
            assertThat(upstream.requests("/after")).isZero();
            assertThat(keeper.isAlive()).isTrue();
            keeper.destroyForcibly();
            Traces.ended(processes);
        }
        assertThat(scene.clawhold("reap").status()).isZero();
        Traces.none(scene);
        Traces.noGroups("orphan");
        scene.auditIsIntact();
    }

    private static ProcessHandle only(Set<ProcessHandle> processes, String command) {
        var found = processes.stream().filter(p -> commandLine(p).contains(command)).toList();
        assertThat(found).as("processes of `%s`", command).isNotEmpty();
        return found.stream().min(Comparator.comparingLong(ProcessHandle::pid)).orElseThrow();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
        } catch (IOException _) {
            return ""; // it has just ended
        }
    }

    @ParameterizedTest
    @MethodSource("dev.clawhold.app.Caller#present")
    void terminationWhileItStartsLeavesNothing(Caller caller) {
        var scene = scene(caller);
        try (var held = scene.start("sleep", "1000")) {
            while (!Files.exists(scene.auditFile()) || scene.records().isEmpty()) {
                assertThat(held.handle().isAlive()).as("%s", held).isTrue();
            }
            held.signal("TERM");
            var ended = held.hearEnd().finish();

            assertThat(ended.status()).as("%s", ended).isEqualTo(128 + 15);
            Traces.ended(held.below());
        }
        assertThat(scene.records("what", "ended")).hasSize(1);
        Traces.none(scene);
    }

    private static Set<ProcessHandle> withStarted(Held held, int atLeast) {
        return Stream.generate(held::below)
                .filter(processes -> processes.size() >= atLeast)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("dev.clawhold.app.Caller#present")
    void nothingGoesOutThatCannotBeRecorded(Caller caller) throws IOException {
        var scene = scene(caller);
        try (var held = scene.start(Scene.pythonCommand("asks.py"))) {
            held.says("ready").hear("get http://api.test/before").says("before 200");
            Files.delete(scene.auditFile());
            held.hear("get http://api.test/unrecorded").says("unrecorded failed");
            held.complains("nothing is let out: ");
            held.hearEnd().finish();
        }
        assertThat(upstream.requests("/unrecorded")).isZero();
    }
}
