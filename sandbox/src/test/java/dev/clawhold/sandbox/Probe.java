package dev.clawhold.sandbox;

import static dev.clawhold.linux.Operand.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.linux.Architecture;
import dev.clawhold.linux.Errno;
import dev.clawhold.linux.ImageBuilder;
import dev.clawhold.linux.Operand;
import dev.clawhold.linux.Operand.Place;
import dev.clawhold.linux.SystemCall;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// A static program that makes raw system calls, one after the other, and writes each result into a
/// file of its working directory: attacks without an interpreter or libc between them and the
/// kernel.
final class Probe {
    static final Operand NONE = number(0);
    static final Operand HERE = number(-100); // AT_FDCWD
    private static final String RESULTS = "results";
    private static final int CREATE = 0x40 | 0x1 | 0x200; // O_CREAT | O_WRONLY | O_TRUNC
    private static final int X32 = 0x4000_0000;

    /// What one call must come to; no error: it must succeed.
    private record Attack(String words, SystemCall call, Place result, Set<Errno> expected) {}

    private final ImageBuilder image = ImageBuilder.begin(Architecture.current());
    private final List<Attack> attacks = new ArrayList<>();
    private boolean x32;

    ImageBuilder image() {
        return image;
    }

    /// A call that must fail with one of some errors.
    Place refused(String words, Set<Errno> expected, SystemCall call, Operand... arguments) {
        var result = image.attempt("", call, arguments);
        attacks.add(new Attack(words, call, result, expected));
        return result;
    }

    Place refused(Errno expected, SystemCall call, Operand... arguments) {
        return refused(call.toString(), EnumSet.of(expected), call, arguments);
    }

    /// A call that must succeed: the sandbox is alive.
    Place works(SystemCall call, Operand... arguments) {
        return refused(call.toString(), Set.of(), call, arguments);
    }

    /// Lets every attack be made by its x32 number.
    Probe byX32Numbers() {
        x32 = true;
        return this;
    }

    /// A child that lives until the probe ends, and whose number is 3 in a fresh sandbox.
    void sibling() {
        var parent = image.label();
        var pid = image.attempt("", SystemCall.CLONE, number(17), NONE, NONE, NONE, NONE);
        image.ifPositive(pid, parent);
        image.attempt("", SystemCall.PPOLL, NONE, NONE, NONE, NONE);
        image.mark(parent);
    }

    Operand text(String text) {
        return image.text(text);
    }

    /// Lays it out as an executable file.
    Path writeTo(Path directory, String name) throws IOException {
        return writeTo(directory, name, _ -> {});
    }

    /// @param then what it does after the results are written, before it ends
    Path writeTo(Path directory, String name, Consumer<ImageBuilder> then) throws IOException {
        var zeros = new ArrayList<Operand>();
        attacks.forEach(_ -> zeros.add(NONE));
        var block = image.vector("results", zeros);
        for (int i = 0; i < attacks.size(); i++) {
            image.copy(attacks.get(i).result(), block.plus(8 * i));
        }
        var file =
                image.attempt(
                        "", SystemCall.OPENAT, HERE, text(RESULTS), number(CREATE), number(0666));
        image.attempt("", SystemCall.WRITE, file.content(), block, number(8L * attacks.size()));
        then.accept(image);
        image.attempt("", SystemCall.EXIT_GROUP, NONE);
        image.failureScript();
        var bytes = image.build().file();
        if (x32) {
            useX32Numbers(bytes);
        }
        var path = Files.write(directory.resolve(name), bytes);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        return path;
    }

    // The table begins after one page of headers and code and the failure slot.
    private void useX32Numbers(byte... file) {
        var numbers = EnumSet.noneOf(SystemCall.class);
        attacks.forEach(attack -> numbers.add(attack.call()));
        var table = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 4096 + 16; at + 88 <= file.length; at += 88) {
            long number = table.getLong(at);
            for (var call : numbers) {
                if (number == call.number(Architecture.X86_64)) {
                    table.putLong(at, number | X32);
                }
            }
        }
    }

    /// Holds what the probe has found against what was expected.
    void verify(Path directory) throws IOException {
        var results =
                ByteBuffer.wrap(Files.readAllBytes(directory.resolve(RESULTS)))
                        .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(results.capacity()).as("one result each").isEqualTo(8 * attacks.size());
        for (var attack : attacks) {
            long result = results.getLong();
            if (attack.expected().isEmpty()) {
                assertThat(result).as("control: " + attack.words()).isNotNegative();
            } else {
                assertThat(attack.expected().stream().anyMatch(errno -> errno.is(result)))
                        .as(
                                "%s gave %d, expected one of %s",
                                attack.words(), result, attack.expected())
                        .isTrue();
            }
        }
    }
}
