package io.github.snatsim.aws;

/** What an alarm says. Immutable; threads may share it. */
public enum AlarmState {
    /** Too few periods have ended to tell: how every alarm begins. */
    INSUFFICIENT_DATA,
    /** The metric is within its threshold. */
    OK,
    /** The metric has reached its threshold in enough periods. */
    ALARM
}
