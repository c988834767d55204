package dev.clawhold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTextTest {
    @Test
    void ordinaryTextStaysAsItIs() {
        assertThat(TerminalText.escape("/srv/Größe 1/文件/😀")).isEqualTo("/srv/Größe 1/文件/😀");
    }

    @Test
    void whatMovesTheCursorIsEscaped() {
        assertThat(TerminalText.escape("a\u001b[2K\r\n\tb\u0007\u007f\u009b2J\u0000"))
                .isEqualTo("a\\u{1b}[2K\\u{d}\\u{a}\\u{9}b\\u{7}\\u{7f}\\u{9b}2J\\u{0}");
    }

    @Test
    void whatHidesOrTurnsTextIsEscaped() {
        assertThat(TerminalText.escape("a\u202eb\u200bc\u2066d\ufeffe\u2028f\u00a0g\u00adh"))
                .isEqualTo("a\\u{202e}b\\u{200b}c\\u{2066}d\\u{feff}e\\u{2028}f\\u{a0}g\\u{ad}h");
    }

    @Test
    void whatIsNoCharacterIsEscaped() {
        assertThat(TerminalText.escape("\ud800 \ue000 \uffff"))
                .isEqualTo("\\u{d800} \\u{e000} \\u{ffff}");
    }

    @Test
    void aBackslashCannotBeTakenForAnEscape() {
        assertThat(TerminalText.escape("\\u{1b}")).isEqualTo("\\\\u{1b}");
    }
}
