package io.github.snatsim.consumer;

import io.github.snatsim.net.IpAddress;

/** A user's program: prints an address. */
public final class Consumer {
    private Consumer() {}

    /**
     * Prints it.
     *
     * @param args not looked at
     */
    public static void main(String[] args) {
        System.out.println(IpAddress.parse("10.0.0.1"));
    }
}
