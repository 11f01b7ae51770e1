package dev.agenttower.contract.bench;

import dev.agenttower.core.governance.human.InMemoryProcessTree;
import dev.agenttower.core.governance.human.PaneMark;
import dev.agenttower.core.governance.human.ProcessTree;
import dev.agenttower.core.governance.role.ProcessMark;
import java.util.List;
import java.util.Set;

final class InMemoryProcessTreeContractTest extends ProcessTreeContract {
    private final InMemoryProcessTree processes = new InMemoryProcessTree();

    @Override
    ProcessTree tree() {
        return processes;
    }

    @Override
    ProcessMark start(long pid, long parent, long session, long terminal) {
        return processes.start(pid, parent, session, terminal);
    }

    @Override
    void end(long pid) {
        processes.end(pid);
    }

    @Override
    void namePane(long pid, PaneMark pane) {
        processes.speakOfPane(pid, pane);
    }

    @Override
    void runProgram(long pid, String executable, List<String> words, String variable) {
        processes.run(pid, executable, words, Set.of(variable));
    }

    @Override
    void runAs(long pid, long user) {
        processes.runAs(pid, user);
    }
}
