package dev.clawhold.policy.host;

import static dev.clawhold.policy.Fuzz.must;

import dev.clawhold.policy.Fuzz;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Hosts and ranges as whatever a client sends or a file says.
class HostFuzzTest {
    static List<Path> inputs() {
        return Fuzz.inputs(HostFuzzTest.class);
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void everyHostHasOneFormAndNothingElseIsAHost(Path input) {
        fuzzerTestOneInput(Fuzz.bytes(input));
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        var text = Fuzz.text(bytes);
        Host.of(text).ifPresent(host -> isCanonical(host, text));
        Cidr.parse(text).ifPresent(HostFuzzTest::isCanonical);
    }

    private static void isCanonical(Host host, String text) {
        var form = host.text();
        must(Host.of(form).equals(Optional.of(host)), "the form means the same", text);
        must(text.chars().allMatch(c -> c > ' ' && c < 127), "only printable ASCII", text);
        must(text.chars().noneMatch(c -> "%/\\?#@<>^|".indexOf(c) >= 0), "no delimiter", text);
        switch (host) {
            case Host.Name(var name) -> {
                must(List.of(name, name + ".").contains(text.toLowerCase(Locale.ROOT)), "", text);
                must(name.length() <= 253, "no longer than 253", text);
                for (var label : name.split("\\.", -1)) {
                    must(label.matches("[a-z0-9_-]{1,63}"), "labels", text);
                }
                var last = name.substring(name.lastIndexOf('.') + 1);
                must(!last.matches("[0-9]+|0x.*"), "a name is no number", text);
            }
            case Host.Address(var address) -> {
                must(IpAddress.parse(form).equals(Optional.of(address)), "parses back", text);
                must(IpAddress.of(address.bytes()).equals(address), "from its bytes", text);
                must(Cidr.only(address).contains(address), "in its own range", text);
                must(address.effective().equals(address.effective().effective()), "once", text);
            }
        }
    }

    private static void isCanonical(Cidr range) {
        must(Cidr.parse(range.toString()).equals(Optional.of(range)), "parses back", range);
        must(range.contains(range.network()), "has its network", range);
        must(range.touches(range), "touches itself", range);
    }
}
