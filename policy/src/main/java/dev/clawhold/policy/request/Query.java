package dev.clawhold.policy.request;

import dev.clawhold.policy.content.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parameters of a query, decoded once.
///
/// @param parameters names and values in the order in which they stand
public record Query(List<Map.Entry<String, String>> parameters) {

    /// Copies the parameters.
    public Query {
        parameters = List.copyOf(parameters);
    }

    /// What became of a query's text.
    public sealed interface Read {
        /// Its parameters.
        record Good(Query query) implements Read {}

        /// A bad triplet, or something that is not UTF-8.
        record Bad() implements Read {}
    }

    /// Splits a query at `&`, and each part at its first `=`; a part without one has an empty
    /// value, an empty part is none. `+` is a space.
    ///
    /// @param text what follows the `?` of a target
    public static Read of(String text) {
        var parameters = new ArrayList<Map.Entry<String, String>>();
        for (var part : text.split("&", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            var name = decode(equals < 0 ? part : part.substring(0, equals));
            var value = decode(equals < 0 ? "" : part.substring(equals + 1));
            if (name.isEmpty() || value.isEmpty()) {
                return new Read.Bad();
            }
            parameters.add(Map.entry(name.get(), value.get()));
        }
        return new Read.Good(new Query(parameters));
    }

    private static Optional<String> decode(String text) {
        return Triplets.decode(text, true).flatMap(Utf8::decode);
    }

    /// All values of a parameter, in order; none if it is not there.
    public List<String> values(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.getKey().equals(name))
                .map(Map.Entry::getValue)
                .toList();
    }
}
