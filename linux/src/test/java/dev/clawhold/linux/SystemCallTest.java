package dev.clawhold.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The numbers are the kernel's.
class SystemCallTest {
    private static final Path X86_HEADER = Path.of("/usr/include/x86_64-linux-gnu/asm/unistd_64.h");
    private static final Path GENERIC_HEADER = Path.of("/usr/include/asm-generic/unistd.h");
    private static final Map<String, String> OTHER_NAMES =
            Map.of("sysctl", "_sysctl", "fcntl", "__NR3264_fcntl");

    @ParameterizedTest
    @EnumSource
    void noTwoCallsHaveOneNumber(Architecture architecture) {
        assertThat(
                        Arrays.stream(SystemCall.values())
                                .map(call -> call.number(architecture))
                                .filter(number -> number >= 0))
                .doesNotHaveDuplicates();
    }

    @Test
    void from424UpBothArchitecturesAgree() {
        for (var call : SystemCall.values()) {
            int x86 = call.number(Architecture.X86_64);
            int arm = call.number(Architecture.AARCH64);
            assertThat(x86 >= 424 || arm >= 424).as(call.toString()).isEqualTo(x86 == arm);
        }
    }

    @Test
    void noNumberIsBeyondTheHighestKnown() {
        for (var call : SystemCall.values()) {
            assertThat(call.number(Architecture.X86_64)).isLessThan(SystemCall.HIGHEST_KNOWN);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT, 42, 203", "CLONE, 56, 220", "EXECVE, 59, 221", "KILL, 62, 129",
        "PTRACE, 101, 117", "PRCTL, 157, 167", "MOUNT, 165, 40", "PIVOT_ROOT, 155, 41",
        "OPENAT, 257, 56", "UNSHARE, 272, 97", "SETNS, 308, 268", "SECCOMP, 317, 277",
        "BPF, 321, 280", "RECVMSG, 47, 212", "OPEN, 2, -1", "MODIFY_LDT, 154, -1",
    })
    void wellKnownCallsHaveTheirNumbers(SystemCall call, int x86, int arm) {
        assertThat(call.number(Architecture.X86_64)).isEqualTo(x86);
        assertThat(call.number(Architecture.AARCH64)).isEqualTo(arm);
    }

    @Test
    void theNumbersOfX86AreThoseOfTheKernelsHeaderWhereItIsInstalled() throws IOException {
        agree(X86_HEADER, Architecture.X86_64);
    }

    @Test
    void theNumbersOfArmAreThoseOfTheGenericHeaderWhereItIsInstalled() throws IOException {
        agree(GENERIC_HEADER, Architecture.AARCH64);
    }

    private static void agree(Path header, Architecture architecture) throws IOException {
        if (Files.notExists(header)) {
            return; // the table above holds without it
        }
        var numbers = numbers(header);
        for (var call : SystemCall.values()) {
            var known = numbers.get(OTHER_NAMES.getOrDefault(call.toString(), call.toString()));
            if (known == null) {
                known = numbers.get(call.toString());
            }
            if (known != null) {
                assertThat(call.number(architecture)).as(call.toString()).isEqualTo(known);
            } else {
                assertThat(call.number(architecture))
                        .as(call + " is younger than the header, or not there")
                        .satisfiesAnyOf(
                                n -> assertThat(n).isNegative(),
                                n -> assertThat(n).isGreaterThan(400));
            }
        }
    }

    // `#define __NR_name 42`; the generic header also has `__NR3264_name`.
    private static Map<String, Integer> numbers(Path header) throws IOException {
        var numbers = new HashMap<String, Integer>();
        for (var line : Files.readAllLines(header)) {
            var words = line.strip().split("\\s+", -1);
            if (words.length == 3
                    && words[0].equals("#define")
                    && words[1].startsWith("__NR")
                    && words[2].chars().allMatch(Character::isDigit)) {
                numbers.put(words[1].replaceFirst("__NR(3264)?_", ""), Integer.parseInt(words[2]));
            }
        }
        return numbers;
    }
}
