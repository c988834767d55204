package dev.clawhold.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every line of `corpus/loading.yaml`: a text, and what is wrong with it.
class LoadingTest {

    @TestFactory
    Stream<DynamicTest> textsHaveTheirProblems() throws IOException {
        var corpus = Corpus.load("loading.yaml");
        var frames = Corpus.map(corpus, "frames");
        return Corpus.maps(corpus, "cases")
                .map(line -> {
                    var frame = frame(frames, line);
                    return DynamicTest.dynamicTest("`" + frame + "`", () -> check(frame, line));
                });
    }

    private static String frame(Map<String, Object> frames, Map<String, Object> line) {
        var name = frames.keySet().stream().filter(line::containsKey).findFirst().orElseThrow();
        return Corpus.text(frames, name).replace("…", Corpus.text(line, name));
    }

    private static void check(String text, Map<String, Object> line) {
        var told = Corpus.problems(text).stream().map(LoadingTest::told).toList();
        var expected = Corpus.texts(line, "has").toList();
        for (var problem : expected) {
            assertThat(told).anyMatch(t -> t.startsWith(problem));
        }
        if (!line.containsKey("loose")) {
            assertThat(told).hasSameSizeAs(expected);
        }
        boolean valid = Corpus.parse(text) instanceof Parsed.Valid;
        assertThat(valid).isEqualTo(told.stream().noneMatch(t -> t.startsWith("E")));
    }

    private static String told(Problem problem) {
        var place = problem.code() + " " + problem.line() + ":" + problem.column() + " ";
        return place + problem.message() + problem.hint().map(hint -> " + " + hint).orElse("");
    }
}
