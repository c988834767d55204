package dev.clawhold.policyfile.hash;

import dev.clawhold.policy.Egress;
import dev.clawhold.policy.Policy;
import dev.clawhold.policy.confinement.Confinement;
import dev.clawhold.policy.confinement.PathRule;
import dev.clawhold.policy.content.JsonValue;
import dev.clawhold.policy.glob.Glob;
import java.util.Comparator;
import java.util.List;

/// A policy as one JSON value that says what it means and nothing else.
final class NormalForm {
    private NormalForm() {}

    static JsonValue of(Policy policy) {
        return new JsonForm()
                .put("static", confinement(policy.confinement()))
                .put("dynamic", egress(policy.egress()))
                .value();
    }

    private static JsonValue confinement(Confinement fixed) {
        var files = fixed.files();
        var limits = fixed.limits();
        var form =
                new JsonForm()
                        .put("workdir", files.workdir())
                        .put("all_must_exist", files.allMustExist())
                        .put("paths", JsonForm.list(sorted(files.paths()), NormalForm::path));
        fixed.identity().uid().ifPresent(uid -> form.put("uid", uid));
        fixed.identity().gid().ifPresent(gid -> form.put("gid", gid));
        limits.memory().ifPresent(bytes -> form.put("memory", bytes));
        limits.cpu().ifPresent(cores -> form.put("cpu", Double.toString(cores)));
        limits.pids().ifPresent(pids -> form.put("pids", pids));
        limits.files().ifPresent(most -> form.put("files", most));
        limits.time().ifPresent(time -> form.put("time", time.toString()));
        return form.value();
    }

    /// Their order means nothing: the longest that contains a file decides.
    private static List<PathRule> sorted(List<PathRule> paths) {
        return paths.stream()
                .sorted(Comparator.comparing(PathRule::path).thenComparing(PathRule::access))
                .toList();
    }

    private static JsonValue path(PathRule rule) {
        return new JsonForm()
                .put("path", rule.path())
                .put("access", rule.access())
                .put("listed", rule.listed())
                .value();
    }

    private static JsonValue egress(Egress egress) {
        var form =
                new JsonForm()
                        .put("on_invalid_deny_all", egress.invalidDeniesAll())
                        .put("rules", JsonForm.list(egress.rules(), NormalRule::of))
                        .put(
                                "middlewares",
                                JsonForm.list(egress.middlewares(), NormalForm::middleware));
        egress.inference().ifPresent(i -> form.put("inference", NormalInference.of(i)));
        return form.value();
    }

    private static JsonValue middleware(Egress.Middleware middleware) {
        return new JsonForm()
                .put("key", middleware.key())
                .put("order", middleware.order())
                .put("include", globs(middleware.include()))
                .put("exclude", globs(middleware.exclude()))
                .put(
                        "action",
                        switch (middleware.action()) {
                            case Egress.Middleware.Action.Redact _ -> "redact";
                            case Egress.Middleware.Action.Unknown(var name) -> "unknown " + name;
                        })
                .put("pass_without", middleware.passWithout())
                .value();
    }

    static JsonValue globs(List<Glob> globs) {
        return JsonForm.list(globs, glob -> new JsonValue.Text(glob.toString()));
    }
}
