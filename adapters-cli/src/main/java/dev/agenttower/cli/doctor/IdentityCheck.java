package dev.agenttower.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.surroundings.ContainerIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Identifies this container among the daemon's containers. */
final class IdentityCheck {
    private static final String CHECK = "container_identity";
    private static final String SCAN = "run `agenttower scan --containers` from the host";
    private static final int SHORT_ID = 12;

    private IdentityCheck() {}

    static Finding host() {
        return Finding.info(CHECK, "host_context", "host_context", null);
    }

    static Finding skipped(String obstacle) {
        return Finding.skipped(CHECK, obstacle + "; run `agenttower ensure-daemon` from the host");
    }

    static Finding unlisted() {
        return Finding.skipped(CHECK, "skipped because the daemon could not list its containers");
    }

    static Finding ambiguous(ContainerIdentity.Ambiguous identity) {
        return Finding.fail(
                        CHECK,
                        "cgroup",
                        "multi_match",
                        "multi_match: distinct cgroup ids in /proc/self/cgroup: " + String.join(", ", identity.ids()),
                        "the doctor will not pick one; set AGENTTOWER_CONTAINER_ID to the right id")
                .withCandidates(identity.ids());
    }

    static Finding unknown(boolean inContainer, boolean noContainers) {
        if (!inContainer) {
            return host();
        }
        return Finding.fail(
                        CHECK,
                        null,
                        "no_candidate",
                        "no_candidate: every detection signal returned empty",
                        "no in-container signal fired; " + SCAN)
                .withNoContainers(noContainers);
    }

    static Finding match(ContainerIdentity.Candidate candidate, JsonNode containers) {
        String value = candidate.value();
        String signal = candidate.signal();
        List<JsonNode> same = matching(containers, id -> id.equals(value));
        if (same.size() == 1) {
            return unique(same.get(0), signal);
        }
        if (same.size() > 1) {
            return Finding.fail(
                    CHECK,
                    signal,
                    "multi_match",
                    "multi_match: " + ids(same),
                    "more than one container of the daemon has this id; rescan, then try again");
        }
        if (value.length() >= SHORT_ID) {
            String prefix = value.substring(0, SHORT_ID);
            List<JsonNode> close = matching(containers, id -> id.startsWith(prefix));
            if (close.size() == 1) {
                return unique(close.get(0), signal);
            }
            if (close.size() > 1) {
                return Finding.fail(
                        CHECK,
                        signal,
                        "multi_match",
                        "multi_match: " + ids(close) + " (candidate prefix=" + prefix + ")",
                        "the doctor will not pick one; set AGENTTOWER_CONTAINER_ID to the full id");
            }
        }
        return Finding.fail(CHECK, signal, "no_match", "no_match: " + value + " (" + signal + ")", SCAN)
                .withNoContainers(containers.isEmpty());
    }

    private static Finding unique(JsonNode row, String signal) {
        return Finding.pass(
                CHECK,
                signal,
                "unique_match",
                "unique_match: " + row.path("id").asText("") + " ("
                        + row.path("name").asText("") + ")");
    }

    private static List<JsonNode> matching(JsonNode containers, Predicate<String> condition) {
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode row : containers) {
            if (condition.test(row.path("id").asText(""))) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static String ids(List<JsonNode> rows) {
        return String.join(
                ", ", rows.stream().map(row -> row.path("id").asText("")).toList());
    }
}
