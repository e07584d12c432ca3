package io.github.snatsim.azure;

/** What an instance is (rule S4). Immutable; threads may share it. */
public enum InstanceKind {
    /** A virtual machine. */
    VM("VM"),
    /** An instance of a web role. */
    WEB_ROLE("web role"),
    /** An instance of a worker role. */
    WORKER_ROLE("worker role");

    private final String title;

    InstanceKind(String title) {
        this.title = title;
    }

    /** Returns the kind for people, {@code web role}. */
    @Override
    public String toString() {
        return title;
    }
}
