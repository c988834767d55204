package dev.clawhold.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A person at a terminal: keys, job control and window sizes reach the workload.
@Timeout(120)
class TerminalIT {
    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource("dev.clawhold.app.Caller#present")
    void interruptAndItsStatusPass(Caller caller) {
        var scene = Scene.in(directory, caller);
        var line = script(scene, "sh", "-c", "echo re''ady; exec sleep 1000");

        var ended =
                person(
                        "say sh " + line,
                        "see ready\r",
                        "key C",
                        "say echo status $?",
                        "see status 130");

        assertThat(ended.status()).as("%s", ended).isZero();
    }

    @ParameterizedTest
    @MethodSource("dev.clawhold.app.Caller#present")
    void aProgramThatHandlesTheInterruptGoesOn(Caller caller) {
        var scene = Scene.in(directory, caller);
        var line =
                script(
                        scene,
                        "/usr/bin/python3",
                        "-c",
                        """
                        import os, signal, sys
                        signal.signal(signal.SIGINT, lambda *_: os.write(1, b"interr" + b"upted"))
                        os.write(1, b"re" + b"ady\\n")
                        print("he" + "ard", sys.stdin.readline())
                        sys.exit(3)
                        """);

        var ended =
                person(
                        "say sh " + line,
                        "see ready\r",
                        "key C",
                        "see interrupted",
                        "say word",
                        "see heard word",
                        "say echo status $?",
                        "see status 3");

        assertThat(ended.status()).as("%s", ended).isZero();
    }

    @ParameterizedTest
    @MethodSource("dev.clawhold.app.Caller#present")
    void aStoppedWorkloadContinues(Caller caller) {
        var scene = Scene.in(directory, caller);
        var line = script(scene, "sh", "-c", "echo re''ady; read word; echo he''ard $word");

        var ended =
                person(
                        "say sh " + line,
                        "see ready\r",
                        "key Z",
                        "see Stopped",
                        "say echo at the sh''ell",
                        "see at the shell",
                        "say fg",
                        "see sh ",
                        "say word",
                        "see heard word",
                        "see prompt$ ",
                        "say echo status $?",
                        "see status 0");

        assertThat(ended.status()).as("%s", ended).isZero();
    }

    @ParameterizedTest
    @MethodSource("dev.clawhold.app.Caller#present")
    void theTerminalIsTheWorkloadsButForTypingIntoIt(Caller caller) {
        var scene = Scene.in(directory, caller);
        var line =
                script(
                        scene,
                        "bash",
                        "-c",
                        """
                        trap 'echo resized $(stty size)' WINCH
                        echo size $(stty size)
                        stty -echo && stty -a | grep -o -e '-echo ' && stty echo
                        tty -s && echo a ter''minal
                        /usr/bin/python3 -c 'import fcntl
                        for request in 0x5412, 0x541C:
                            try: print("typed", fcntl.ioctl(0, request, b"x"))
                            except OSError as error: print("refused", error.errno)'
                        while :; do read -t 1 word; [ "$word" != end ] || exit 7; done
                        """);

        var ended =
                person(
                        "size 33 101",
                        "say sh " + line,
                        "see size 33 101",
                        "see -echo",
                        "see a terminal",
                        "see refused 1",
                        "see refused 1",
                        "size 44 122",
                        "see resized 44 122",
                        "say end",
                        "see prompt$ ",
                        "say echo status $?",
                        "see status 7");

        assertThat(ended.status()).as("%s", ended).isZero();
    }

    private static String script(Scene scene, String... command) {
        var line =
                scene.commandLine(command).stream()
                        .map(word -> "'" + word.replace("'", "'\\''") + "'")
                        .collect(Collectors.joining(" "));
        var home = "HOME=" + scene.root().resolve("home");
        return scene.write(scene.root().resolve("run"), "export " + home + "\nexec " + line + "\n")
                .toString();
    }

    private static Held.Finished person(String... steps) {
        var command = new ArrayList<>(List.of("/usr/bin/python3", "-c"));
        Stream.concat(Stream.of(Scene.resource("terminal.py")), Stream.of(steps))
                .forEach(command::add);
        try (var held = Held.start(command, Map.of("PATH", "/usr/bin:/bin"))) {
            return held.finish();
        }
    }
}
