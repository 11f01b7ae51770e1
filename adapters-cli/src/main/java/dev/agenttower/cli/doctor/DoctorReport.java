package dev.agenttower.cli.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.JsonText;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The findings of all checks, in order. */
public final class DoctorReport {
    /** The overall result. */
    public enum Verdict {
        /** Nothing failed. */
        HEALTHY,
        /** No usable answer on the socket. */
        UNREACHABLE,
        /** The answer does not come from a compatible daemon. */
        UNFIT_DAEMON,
        /** The daemon is fine, but another check failed. */
        FAILED_CHECK
    }

    private final List<Finding> findings;
    private final Verdict verdict;

    /** The report; {@code others} are the checks of the environment and of governance. */
    DoctorReport(Finding socket, DaemonCheck daemon, List<Finding> others) {
        findings = Stream.concat(Stream.of(socket, daemon.reachable(), daemon.status()), others.stream())
                .toList();
        if (daemon.reachable().isFailure()) {
            verdict = Verdict.UNREACHABLE;
        } else if (daemon.status().isFailure()) {
            verdict = Verdict.UNFIT_DAEMON;
        } else {
            verdict = findings.stream().anyMatch(Finding::isFailure) ? Verdict.FAILED_CHECK : Verdict.HEALTHY;
        }
    }

    /** The overall result. */
    public Verdict verdict() {
        return verdict;
    }

    /** Lines for a person. */
    public String text(int exitStatus) {
        StringBuilder text = new StringBuilder(512);
        for (Finding finding : findings) {
            text.append(finding.check()).append('\t');
            text.append(finding.status().token()).append('\t');
            text.append(TerminalText.safe(finding.details())).append('\n');
            @Nullable String advice = finding.advice();
            if (advice != null) {
                text.append("    ").append(TerminalText.safe(advice)).append('\n');
            }
        }
        text.append("summary\t").append(exitStatus).append('\t');
        text.append(count(Finding.Status.PASS)).append('/').append(findings.size());
        return text.append(" checks passed\n").toString();
    }

    /** One line for scripts. */
    public String json(int exitStatus) {
        ObjectNode report = JsonText.object();
        report.putObject("summary")
                .put("exit_code", exitStatus)
                .put("total", findings.size())
                .put("passed", count(Finding.Status.PASS))
                .put("warned", count(Finding.Status.WARN))
                .put("failed", count(Finding.Status.FAIL))
                .put("info", count(Finding.Status.INFO));
        ObjectNode checks = report.putObject("checks");
        for (Finding finding : findings) {
            write(finding, checks.putObject(finding.check()));
        }
        return JsonText.unicode(report) + "\n";
    }

    private static void write(Finding finding, ObjectNode check) {
        check.put("status", finding.status().token());
        check.put("details", finding.details());
        putIfSet(check, "source", finding.source());
        putIfSet(check, "sub_code", finding.subCode());
        putIfSet(check, "actionable_message", finding.advice());
        if (!finding.candidates().isEmpty()) {
            finding.candidates().forEach(check.putArray("cgroup_candidates")::add);
        }
        if (finding.noContainers()) {
            check.put("daemon_container_set_empty", true);
        }
    }

    private static void putIfSet(ObjectNode check, String name, @Nullable String value) {
        if (value != null) {
            check.put(name, value);
        }
    }

    private int count(Finding.Status status) {
        int count = 0;
        for (Finding finding : findings) {
            count += finding.status() == status ? 1 : 0;
        }
        return count;
    }
}
