package io.github.snatsim.cli;

import io.github.snatsim.port.TierTable;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The tier tables that can be asked for by name. */
enum TierTableName {
    CLASSIC,
    RESOURCE_MANAGER;

    TierTable tiers() {
        return this == CLASSIC ? TierTable.classic() : TierTable.resourceManager();
    }

    @Override
    public String toString() {
        return this == CLASSIC ? "classic" : "resource-manager";
    }

    /** Reads the name of a table. */
    static final class Converter implements ITypeConverter<TierTableName> {
        /** Made by the command line parser. */
        Converter() {}

        @Override
        public TierTableName convert(String value) {
            return Arrays.stream(values())
                    .filter(table -> table.toString().equalsIgnoreCase(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + value + "' is not a table: expected classic or resource-manager"));
        }
    }
}
