package dev.agenttower.contract.governance;

class InMemoryChangeContractTest extends ChangeContract {
    @Override
    ChangeWorkbench workbench() {
        return ChangeWorkbench.inMemory();
    }
}
