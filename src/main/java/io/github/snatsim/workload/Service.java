package io.github.snatsim.workload;

/** What clients call instead of opening connections themselves: a gateway that answers or forwards. */
@FunctionalInterface
public interface Service {
    /**
     * Tries a request. The service calls exactly one of the request's methods {@link Request#completed} or
     * {@link Request#failed}, now or later.
     *
     * @param client who calls
     * @param request what is called for
     */
    void call(Client client, Request request);
}
