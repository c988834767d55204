package dev.clawhold.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DerTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0400",
        "127, 047f",
        "128, 048180",
        "255, 0481ff",
        "256, 04820100",
        "65535, 0482ffff",
        "65536, 0483010000"
    })
    void aLengthTakesAsFewBytesAsItCan(int length, String header) {
        var value = Der.value(Der.OCTET_STRING, new byte[length]);

        assertThat(HexFormat.of().formatHex(value)).startsWith(header);
        assertThat(value).hasSize(header.length() / 2 + length);
    }

    @Test
    void anObjectIdentifierIsWrittenInBase128() {
        assertThat(HexFormat.of().formatHex(Der.oid(1, 2, 840, 10045, 4, 3, 2)))
                .isEqualTo("06082a8648ce3d040302");
        assertThat(HexFormat.of().formatHex(Der.oid(2, 5, 29, 0, 127, 128)))
                .isEqualTo("0606551d007f8100");
    }

    @Test
    void partsStandInTheirOrder() {
        assertThat(
                        HexFormat.of()
                                .formatHex(
                                        Der.sequence(
                                                Der.text(12, "ab"),
                                                new byte[0],
                                                Der.bits(new byte[] {5}))))
                .isEqualTo("30080c02616203020005");
    }
}
