package dev.clawhold.policy.content;

import java.nio.charset.StandardCharsets;

/// Reads JSON (RFC 8259) as strictly as it can be read, so that no server reads another message
/// than was judged: UTF-8 without a byte order mark, no repeated keys (compared with their escapes
/// resolved), no lone surrogates, nothing after the value. At most 128 levels and 262,144 values.
/// Takes time linear in the bytes.
public final class Json {
    private Json() {}

    /// What became of some bytes.
    public sealed interface Read {
        /// They are one JSON value.
        record Good(JsonValue value) implements Read {}

        /// They are not.
        ///
        /// @param message what is wrong, in words, without any of the text
        /// @param offset the first byte that does not fit, counted from 0
        record Bad(String message, int offset) implements Read {}
    }

    /// Reads one JSON text.
    public static Read read(byte[] bytes) {
        int bad = Utf8.firstBad(bytes);
        if (bad >= 0) {
            return new Read.Bad("not UTF-8", bad);
        }
        return parse(new String(bytes, StandardCharsets.UTF_8));
    }

    /// As above, of characters; offsets count the bytes of their UTF-8 form.
    public static Read read(String text) {
        int lone = Utf8.firstLoneSurrogate(text);
        return lone < 0 ? parse(text) : new Read.Bad("a lone surrogate", bytes(text, lone));
    }

    private static Read parse(String text) {
        try {
            return new Read.Good(new JsonReader(text).document());
        } catch (MalformedException malformed) {
            return new Read.Bad(malformed.message(), bytes(text, malformed.at()));
        }
    }

    private static int bytes(String text, int characters) {
        return text.substring(0, characters).getBytes(StandardCharsets.UTF_8).length;
    }
}
