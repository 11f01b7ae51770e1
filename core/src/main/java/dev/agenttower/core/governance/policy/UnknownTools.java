package dev.agenttower.core.governance.policy;

/** What a project wants of tools about which nothing is known. Settings name a constant in lower case. */
public enum UnknownTools {
    /** They are the client's own affair. */
    ALLOW,
    /** A person is asked, where the client can ask one; where it cannot, the call is denied. */
    ASK,
    /** They are denied. */
    DENY
}
