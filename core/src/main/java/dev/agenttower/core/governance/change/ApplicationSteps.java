package dev.agenttower.core.governance.change;

/** Follows the steps of applying a change. */
@FunctionalInterface
public interface ApplicationSteps {
    /** A step is done. */
    void reached(ApplicationStep step);

    /** Takes no notice. */
    static ApplicationSteps unobserved() {
        return step -> {};
    }
}
