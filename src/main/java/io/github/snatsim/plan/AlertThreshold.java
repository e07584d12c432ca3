package io.github.snatsim.plan;

/**
 * The use of ports at which refusals begin, as an alert could watch it: large blocks can be used more fully than small ones, so
 * that a fixed percentage is right for one size only. Immutable; threads may share it.
 *
 * @param poolSizeMin the smallest pool of the tier
 * @param poolSizeMax the largest pool of the tier
 * @param ports ports of each instance
 * @param erlangs the load at which the target share is refused
 * @param targetShare that share
 * @param portsUsedMean the mean number of ports in use then: erlangs x (1 - share)
 * @param portUsePercent the same in per cent of the ports
 */
public record AlertThreshold(
        int poolSizeMin,
        int poolSizeMax,
        int ports,
        double erlangs,
        double targetShare,
        double portsUsedMean,
        double portUsePercent) {
    static AlertThreshold of(int poolSizeMin, int poolSizeMax, int ports, double targetShare) {
        double erlangs = ErlangB.erlangs(ports, targetShare);
        double used = erlangs * (1 - ErlangB.blocking(ports, erlangs));
        return new AlertThreshold(poolSizeMin, poolSizeMax, ports, erlangs, targetShare, used, 100 * used / ports);
    }
}
