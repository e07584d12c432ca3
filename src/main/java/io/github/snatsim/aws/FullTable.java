package io.github.snatsim.aws;

/** What a client hears when its TCP handshake meets a full flow table (rule N4). Immutable; threads may share it. */
public enum FullTable {
    /** Nothing, until it sends again: then its packet belongs to no flow. The default. */
    SILENT,
    /** An RST at once. */
    RST
}
