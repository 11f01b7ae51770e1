package dev.agenttower.core.agent.state;

import dev.agenttower.core.agent.state.Sign.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of one agent. A dialog counts as open until its tool ends, the turn of who asked ends, or a client shows that it is gone: that a
 * person refused it is told by no hook of most clients, and to take it for idle would hide that somebody is needed. Not thread-safe.
 */
final class StateMachine {
    /** Files and titles of clients follow their hooks with a delay: what is read so soon after a sign may be older than it. */
    static final Duration LAG = Duration.ofSeconds(1);

    /** After that, a session that has begun waits for its first prompt. */
    static final Duration START = Duration.ofSeconds(10);

    private static final int MOST = 64;

    private final Duration stuckAfter;
    private final List<Dialog> dialogs = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final Set<String> subagents = new LinkedHashSet<>();
    private AgentState phase = AgentState.UNKNOWN;
    private String detail = "";
    private @Nullable Evidence evidence;
    private String session = "";
    private @Nullable Instant signAt;
    private @Nullable Instant aliveAt;
    private String source = "";
    private @Nullable Reading early;
    private AgentStatus shown = AgentStatus.UNKNOWN;

    StateMachine(Duration stuckAfter) {
        this.stuckAfter = stuckAfter;
    }

    private record Call(String subagent, String tool) {}

    private record Dialog(Call call, boolean isQuestion, String detail, Evidence evidence) {}

    /** The state now, which also depends on the time. */
    AgentStatus at(Instant now) {
        Reading waiting = early;
        if (waiting != null && signAt != null && !now.isBefore(signAt.plus(LAG))) {
            early = null;
            if (dialogs.isEmpty()) {
                obey(waiting, signAt.plus(LAG));
            }
        }
        AgentStatus found = found(now);
        if (found.state() == shown.state()) {
            found = new AgentStatus(found.state(), shown.since(), found.detail(), found.evidence());
        }
        shown = found;
        return found;
    }

    private AgentStatus found(Instant now) {
        for (boolean isQuestion : new boolean[] {false, true}) {
            for (Dialog dialog : dialogs) {
                if (dialog.isQuestion == isQuestion) {
                    return new AgentStatus(
                            isQuestion ? AgentState.WAITING_INPUT : AgentState.WAITING_PERMISSION,
                            aliveAt,
                            dialog.detail,
                            dialog.evidence);
                }
            }
        }
        boolean isIdle = phase == AgentState.IDLE;
        Instant last = aliveAt;
        if (last == null || phase == AgentState.UNKNOWN) {
            return AgentStatus.UNKNOWN;
        }
        if (phase == AgentState.WORKING || (isIdle && !subagents.isEmpty())) {
            Instant limit = last.plus(stuckAfter);
            if (now.isBefore(limit)) {
                return new AgentStatus(
                        AgentState.WORKING, last, isIdle && detail.isEmpty() ? "sub-agent" : detail, evidence);
            }
            // A sub-agent of an idle agent that was not heard of for so long has ended without a word.
            return isIdle
                    ? new AgentStatus(phase, limit, "", evidence)
                    : new AgentStatus(AgentState.STUCK, limit, detail, evidence);
        }
        if (phase == AgentState.STARTING && !now.isBefore(last.plus(START))) {
            return new AgentStatus(AgentState.IDLE, last.plus(START), "", evidence);
        }
        return new AgentStatus(phase, last, detail, evidence);
    }

    /**
     * Takes what a client showed at a time. If that is less than {@link #LAG} after the latest sign, it counts when the time is over and
     * nothing else came, but then closes no dialog.
     */
    void take(Reading reading, Instant at) {
        // A file that says "busy" is no sign of life; a title or a screen that moves is one.
        boolean hasMoved =
                reading.evidence() == Evidence.SCREEN && !reading.source().equals(source);
        source = reading.evidence() == Evidence.SCREEN ? reading.source() : source;
        early = null;
        if (signAt != null && at.isBefore(signAt.plus(LAG))) {
            early = at.isAfter(signAt) ? reading : null;
            return;
        }
        if (hasMoved) {
            aliveAt = at;
        }
        obey(reading, at);
    }

    private void obey(Reading reading, Instant at) {
        if (reading.state() == AgentState.WAITING_PERMISSION || reading.state() == AgentState.WAITING_INPUT) {
            if (dialogs.isEmpty()) {
                boolean isQuestion = reading.state() == AgentState.WAITING_INPUT;
                aliveAt = at;
                open(new Dialog(new Call("", ""), isQuestion, reading.detail(), reading.evidence()));
            }
            return;
        }
        boolean isNews = !dialogs.isEmpty() || phase != reading.state();
        dialogs.clear();
        if (reading.state() != AgentState.WORKING) {
            calls.clear();
        }
        if (reading.state() == AgentState.ENDED) {
            subagents.clear();
        }
        // A client that failed shows that it waits for a prompt, too.
        if (isNews && !(phase == AgentState.ERROR && reading.state() == AgentState.IDLE)) {
            aliveAt = at;
            enter(reading.state(), reading.detail(), reading.evidence());
        } else if (phase == AgentState.WORKING && reading.evidence() == Evidence.SCREEN && calls.isEmpty()) {
            // A client that tries again after a failure of its provider says so nowhere else.
            detail = reading.detail();
        }
    }

    /** Takes what a hook tells. */
    void take(Sign sign, Instant at) {
        // A turn of another session does not answer the dialog of this one.
        if (sign.kind() == Kind.TURN_ENDED && isOther(sign.session()) && !dialogs.isEmpty()) {
            return;
        }
        if (sign.kind() == Kind.SESSION_ENDED
                && (sign.detail().equals("clear") || isOther(sign.session()) || phase == AgentState.ENDED)) {
            return;
        }
        early = null;
        signAt = at;
        aliveAt = at;
        if (!sign.session().isEmpty()) {
            session = sign.session();
        }
        boolean isOwn = sign.subagent().isEmpty();
        if (!isOwn && sign.kind() != Kind.SUBAGENT_ENDED && subagents.size() < MOST) {
            subagents.add(sign.subagent());
        }
        Call call = new Call(sign.subagent(), sign.tool());
        switch (sign.kind()) {
            case SESSION_STARTED -> {
                if (!sign.detail().equals("compact")) {
                    forget();
                    hear(sign.detail().equals("clear") ? AgentState.IDLE : AgentState.STARTING, "");
                }
            }
            case PROMPT_SUBMITTED -> {
                end(sign.subagent());
                working(isOwn, "");
            }
            case TOOL_BEGAN -> {
                begin(call);
                working(isOwn, sign.tool());
            }
            case TOOL_ENDED -> {
                calls.remove(call);
                // Another call of the same tool may be the one that is asked about.
                if (!calls.contains(call)) {
                    dialogs.removeIf(
                            dialog -> dialog.call.equals(call) || dialog.call.equals(new Call(call.subagent, "")));
                }
                working(isOwn, calls.isEmpty() ? "" : calls.get(calls.size() - 1).tool);
            }
            case PERMISSION_ASKED -> {
                if (!call.tool.isEmpty() || dialogs.isEmpty()) {
                    open(new Dialog(call, false, sign.detail(), Evidence.HOOK));
                }
                working(isOwn, detail);
            }
            case QUESTION_ASKED -> {
                if (!calls.contains(call)) {
                    begin(call);
                }
                open(new Dialog(call, true, sign.detail(), Evidence.HOOK));
                working(isOwn, sign.tool());
            }
            case TURN_ENDED -> {
                end(sign.subagent());
                if (isOwn && phase != AgentState.ERROR) {
                    hear(AgentState.IDLE, "");
                }
            }
            case TURN_FAILED -> {
                end(sign.subagent());
                if (isOwn) {
                    hear(AgentState.ERROR, sign.detail());
                }
            }
            case INTERRUPTED -> {
                forget();
                hear(AgentState.IDLE, "interrupted");
            }
            case SUBAGENT_STARTED -> working(isOwn, detail);
            case SUBAGENT_ENDED -> {
                subagents.remove(sign.subagent());
                end(sign.subagent());
                if (phase == AgentState.IDLE && subagents.isEmpty()) {
                    detail = "";
                }
            }
            case SESSION_ENDED -> {
                forget();
                hear(AgentState.ENDED, "");
            }
        }
    }

    private boolean isOther(String ended) {
        return !ended.isEmpty() && !session.isEmpty() && !session.equals(ended);
    }

    /** What the agent itself does is its phase; its sub-agents do not change that, but only what it is working on. */
    private void working(boolean isOwn, String on) {
        if (isOwn || (phase != AgentState.IDLE && phase != AgentState.WORKING)) {
            hear(AgentState.WORKING, on);
        } else {
            detail = on;
        }
    }

    private void hear(AgentState next, String about) {
        enter(next, about, Evidence.HOOK);
    }

    private void enter(AgentState next, String about, Evidence by) {
        phase = next;
        detail = about;
        evidence = by;
    }

    private void begin(Call call) {
        calls.add(call);
        if (calls.size() > MOST) {
            calls.remove(0);
        }
    }

    private void open(Dialog dialog) {
        dialogs.removeIf(other -> other.call.equals(dialog.call));
        if (dialogs.size() < MOST) {
            dialogs.add(dialog);
        }
    }

    /** Ends what an agent or a sub-agent was doing. */
    private void end(String whose) {
        calls.removeIf(call -> call.subagent.equals(whose));
        dialogs.removeIf(dialog -> dialog.call.subagent.equals(whose));
    }

    private void forget() {
        dialogs.clear();
        calls.clear();
        subagents.clear();
    }
}
