/// The labels of rows that many families have a value for.
///
/// A class, so that hundreds of families refer to them at no cost.
public final class MetricRows: Sendable {
    /// The labels of each row.
    public let labels: [MetricLabels]
    /// Whether they ascend, no two the same: then no family has to sort its values.
    let isInOrder: Bool

    /// Rows with these labels; they are best in their order.
    ///
    /// - Precondition: no row is without labels.
    public init(_ labels: [MetricLabels]) {
        precondition(labels.allSatisfy { !$0.octets.isEmpty }, "a row has no labels")
        self.labels = labels
        isInOrder = zip(labels, labels.dropFirst()).allSatisfy { $0 < $1 }
    }
}

/// A number for each row of a family, or one for each of some columns.
struct MetricTable: Sendable {
    let rows: MetricRows
    /// What tells the columns apart, ascending; a lone column has no labels.
    let columns: [MetricLabels]
    /// The numbers, row by row.
    let values: [Double]

    /// Whether the numbers stand in the order of their labels.
    var isInOrder: Bool { rows.isInOrder && zip(columns, columns.dropFirst()).allSatisfy { $0 < $1 } }

    /// The numbers, each with its labels.
    var samples: [MetricSample] {
        var samples: [MetricSample] = []
        samples.reserveCapacity(values.count)
        for labels in rows.labels {
            for column in columns {
                samples.append(MetricSample(labels: labels, further: column, value: .number(values[samples.count])))
            }
        }
        return samples
    }
}
