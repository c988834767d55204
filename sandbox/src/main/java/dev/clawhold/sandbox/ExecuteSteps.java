package dev.clawhold.sandbox;

import static dev.clawhold.linux.Operand.number;

import dev.clawhold.linux.ImageBuilder;
import dev.clawhold.linux.Operand;
import dev.clawhold.linux.Operand.Place;
import dev.clawhold.linux.SystemCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The workload's `execve`, searched as `execvp(3)` does: along `PATH` unless the command holds a
/// slash, on past what is not there, with `/bin/sh` for a script that names no interpreter. Ends as
/// a shell does: 127 where nothing was found, 126 where something could not be executed.
final class ExecuteSteps {
    private static final Operand NULL = number(0);
    private static final int ENOENT = -2;
    private static final int ENOTDIR = -20;
    private static final int ENOEXEC = -8;
    private static final int STDERR = 2;

    private final ImageBuilder image;
    private final Blueprint blueprint;

    ExecuteSteps(ImageBuilder image, Blueprint blueprint) {
        this.image = image;
        this.blueprint = blueprint;
    }

    void execute() {
        var command = blueprint.command().getFirst();
        var argv = strings("argv", blueprint.command());
        var environment =
                strings(
                        "environment",
                        blueprint.environment().entrySet().stream()
                                .map(e -> e.getKey() + "=" + e.getValue())
                                .toList());
        var refused = image.slot("whether something was found");
        for (var candidate : candidates(command)) {
            attempt(candidate, argv, environment, refused);
        }
        finish(command, refused);
    }

    private List<String> candidates(String command) {
        if (command.indexOf('/') >= 0) {
            return List.of(command);
        }
        var path = blueprint.environment().getOrDefault("PATH", "/usr/bin:/bin");
        return List.of(path.split(":")).stream()
                .map(directory -> directory + "/" + command)
                .toList();
    }

    private void attempt(String candidate, Place argv, Place environment, Place refused) {
        var next = image.label();
        var program = image.text(candidate);
        var result = image.attempt("execute", SystemCall.EXECVE, program, argv, environment);
        image.ifEqual(result, ENOENT, next);
        image.ifEqual(result, ENOTDIR, next);
        image.copy(result, refused);
        image.ifDifferent(result, ENOEXEC, next);
        shell(candidate, environment);
        image.mark(next);
    }

    private void shell(String script, Place environment) {
        var arguments = new ArrayList<>(List.of("/bin/sh", script));
        arguments.addAll(blueprint.command().subList(1, blueprint.command().size()));
        image.attempt(
                "",
                SystemCall.EXECVE,
                image.text("/bin/sh"),
                strings("argv", arguments),
                environment);
    }

    private void finish(String command, Place refused) {
        var found = image.label();
        image.ifDifferent(refused, 0, found);
        end("clawhold: cannot run `" + command + "`: no such program in the sandbox", 127);
        image.mark(found);
        end("clawhold: cannot run `" + command + "`: it is not an executable program", 126);
    }

    private void end(String message, int status) {
        var line = (message + "\n").getBytes(StandardCharsets.UTF_8);
        image.attempt(
                "",
                SystemCall.WRITE,
                number(STDERR),
                image.bytes(line, "the cause"),
                number(line.length));
        image.attempt("else end with " + status, SystemCall.EXIT_GROUP, number(status));
    }

    private Place strings(String words, List<String> strings) {
        var pointers = new ArrayList<Operand>();
        strings.forEach(string -> pointers.add(image.text(string)));
        pointers.add(NULL);
        return image.vector(words, pointers);
    }
}
