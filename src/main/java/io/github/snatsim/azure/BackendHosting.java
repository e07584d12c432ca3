package io.github.snatsim.azure;

/** Where the backends of an API Management service run (rule G3). Immutable; threads may share it. */
public enum BackendHosting {
    /** Outside Azure: only its public IP leads there. */
    ELSEWHERE,
    /** In Azure, where a private endpoint can lead to it. */
    AZURE,
    /** In an Azure service that supports service endpoints, such as App Service. */
    AZURE_WITH_SERVICE_ENDPOINT
}
