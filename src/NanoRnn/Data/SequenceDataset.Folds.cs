namespace NanoRnn;

/// <summary>Splits for measuring, named and defined as scikit-learn's.</summary>
public sealed partial class SequenceDataset
{
    /// <summary>Cuts the samples in two in a random order: for samples that do not follow each other in time.</summary>
    /// <param name="fraction">Share of the first part, between 0 and 1.</param>
    /// <param name="seed">The same seed gives the same parts everywhere.</param>
    /// <returns>⌊<see cref="Count"/> · <paramref name="fraction"/>⌋ samples, and the others: views of the same memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fraction"/> is outside 0 … 1.</exception>
    public (SequenceDataset First, SequenceDataset Last) ShuffleSplit(double fraction, int seed) => Shuffle(seed).Split(fraction);

    /// <summary>
    /// Cuts the samples in two in a random order, so that each class has the same share of both parts, as near as whole samples allow: of n
    /// samples of a class ⌊n · <paramref name="fraction"/>⌋ are in the first part, and one more of the classes of which the most would
    /// be cut off, the smaller index first.
    /// </summary>
    /// <param name="fraction">Share of the first part, between 0 and 1.</param>
    /// <param name="seed">The same seed gives the same parts everywhere.</param>
    /// <param name="classes">
    /// A class for every sample. Default: the target, if it is one number; of several numbers the place of the largest, as for one-hot ones.
    /// </param>
    /// <returns>⌊<see cref="Count"/> · <paramref name="fraction"/>⌋ samples, and the others: views of the same memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="fraction"/> is outside 0 … 1.</exception>
    /// <exception cref="ArgumentException">There are not as many classes as samples.</exception>
    /// <exception cref="InvalidOperationException">There are no targets that say a class.</exception>
    public (SequenceDataset First, SequenceDataset Last) StratifiedShuffleSplit(
        double fraction, int seed, ReadOnlySpan<int> classes = default)
    {
        var count = CountOf(fraction);
        var (labels, counts) = FindClasses(classes);
        var (quotas, rests, missing) = (new int[counts.Length], new double[counts.Length], count);
        for (var label = 0; label < counts.Length; label++)
        {
            var share = counts[label] * fraction;
            (quotas[label], rests[label]) = ((int)share, share - (int)share);
            missing -= quotas[label];
        }

        for (; missing > 0; missing--)
        {
            var label = IndexOfLargest(rests);
            quotas[label]++;
            rests[label] = -1;
        }

        var (first, last) = (new List<int>(count), new List<int>(Count - count));
        foreach (var sample in ShuffledIndices(seed))
            (quotas[labels[sample]]-- > 0 ? first : last).Add(sample);
        return (Subset(first.ToArray()), Subset(last.ToArray()));
    }

    /// <summary>Splits for cross-validation: each sample is in the test part of one of them.</summary>
    /// <param name="splits">How many, from 2 to <see cref="Count"/>. The first <see cref="Count"/> % <paramref name="splits"/> test parts have one sample more.</param>
    /// <param name="seed">Makes the test parts random; default null, consecutive samples in order.</param>
    /// <param name="gap">
    /// Samples on both sides of a test part that are not in the training part, at least 0, without a seed: <see cref="Overlap"/> for windows.
    /// </param>
    /// <returns>Views of the same memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">There is a gap with a seed.</exception>
    public (SequenceDataset Training, SequenceDataset Test)[] KFold(int splits = 5, int? seed = null, int gap = 0)
    {
        CheckSplits(splits, Count);
        ArgumentOutOfRangeException.ThrowIfNegative(gap);
        if (seed is not null && gap > 0)
            throw new ArgumentException($"A gap of {gap} samples is for test parts in order, without a seed.", nameof(gap));
        var order = seed is { } value ? Shuffle(value) : this;
        var folds = new (SequenceDataset, SequenceDataset)[splits];
        for (var (fold, start) = (0, 0); fold < splits; fold++)
        {
            var end = start + Count / splits + (fold < Count % splits ? 1 : 0);
            var (before, after) = (Math.Max(0, start - gap), (int)Math.Min(Count, (long)end + gap));
            var training = new int[before + Count - after];
            for (var i = 0; i < training.Length; i++)
                training[i] = i < before ? i : i - before + after;
            folds[fold] = (order.Subset(training), order.Slice(start, end - start));
            start = end;
        }

        return folds;
    }

    /// <summary>Splits for cross-validation, of which each has nearly the same share of every class in its test part.</summary>
    /// <param name="splits">How many, from 2 to the number of samples of the largest class.</param>
    /// <param name="seed">Makes the test parts random; default null, the samples of a class in order.</param>
    /// <param name="classes">A class for every sample; by default as in <see cref="StratifiedShuffleSplit"/>.</param>
    /// <returns>Views of the same memory, in order.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="splits"/> is out of its range.</exception>
    /// <exception cref="ArgumentException">There are not as many classes as samples.</exception>
    /// <exception cref="InvalidOperationException">There are no targets that say a class.</exception>
    public (SequenceDataset Training, SequenceDataset Test)[] StratifiedKFold(
        int splits = 5, int? seed = null, ReadOnlySpan<int> classes = default)
    {
        var (labels, counts) = FindClasses(classes);
        var largest = 0;
        foreach (var count in counts)
            largest = Math.Max(largest, count);
        CheckSplits(splits, largest);

        // Samples sorted by class are dealt out in turn, so that folds differ by one sample at most, also in what is left over of each class.
        var (foldOf, dealt) = (new int[Count], 0);
        var order = seed is { } value ? ShuffledIndices(value) : null;
        for (var label = 0; label < counts.Length; label++)
        {
            var (quotas, fold) = (new int[splits], 0);
            for (var i = 0; i < counts[label]; i++)
                quotas[dealt++ % splits]++;
            for (var i = 0; i < Count; i++)
            {
                var sample = order is null ? i : order[i];
                if (labels[sample] != label)
                    continue;
                while (quotas[fold] == 0)
                    fold++;
                quotas[fold]--;
                foldOf[sample] = fold;
            }
        }

        var folds = new (SequenceDataset, SequenceDataset)[splits];
        for (var fold = 0; fold < splits; fold++)
        {
            var (training, test) = (new List<int>(), new List<int>());
            for (var i = 0; i < Count; i++)
                (foldOf[i] == fold ? test : training).Add(i);
            folds[fold] = (Subset(training.ToArray()), Subset(test.ToArray()));
        }

        return folds;
    }

    /// <summary>
    /// Splits that go forward in time: each test part follows its training part, which grows from split to split. The test parts are the end
    /// of the dataset.
    /// </summary>
    /// <param name="splits">How many, at least 2.</param>
    /// <param name="maxTrainSize">The most samples of a training part, its last ones, at least 1; default null, all before the test part.</param>
    /// <param name="testSize">Samples of a test part, at least 1; default null, ⌊<see cref="Count"/> / (<paramref name="splits"/> + 1)⌋.</param>
    /// <param name="gap">Samples between a training part and its test part that are left out, at least 0: <see cref="Overlap"/> for windows.</param>
    /// <returns>Views of the same memory.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    /// <exception cref="ArgumentException">No sample would be left for the first training part.</exception>
    public (SequenceDataset Training, SequenceDataset Test)[] TimeSeriesSplit(
        int splits = 5, int? maxTrainSize = null, int? testSize = null, int gap = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(splits, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTrainSize ?? 1, 1, nameof(maxTrainSize));
        ArgumentOutOfRangeException.ThrowIfLessThan(testSize ?? 1, 1, nameof(testSize));
        ArgumentOutOfRangeException.ThrowIfNegative(gap);
        var size = testSize ?? (int)(Count / (splits + 1L));
        if (size == 0 || Count - gap - (long)size * splits < 1)
        {
            throw new ArgumentException(
                $"{splits} test parts of {Math.Max(1, size)} samples and a gap of {gap} leave none of {Count} samples for training.", nameof(splits));
        }

        var folds = new (SequenceDataset, SequenceDataset)[splits];
        for (var fold = 0; fold < splits; fold++)
        {
            var start = Count - (splits - fold) * size;
            var count = Math.Min(start - gap, maxTrainSize ?? int.MaxValue);
            folds[fold] = (Slice(start - gap - count, count), Slice(start, size));
        }

        return folds;
    }

    private static void CheckSplits(int splits, int most)
    {
        if (splits < 2 || splits > most)
            throw new ArgumentOutOfRangeException(nameof(splits), splits, $"Expected 2 to {most} splits.");
    }

    /// <summary>For each sample its class, numbered from 0 in ascending order, and for each class its samples.</summary>
    private (int[] Labels, int[] Counts) FindClasses(ReadOnlySpan<int> classes)
    {
        if (!classes.IsEmpty && classes.Length != Count)
            throw new ArgumentException($"Expected the classes of {Count} samples, found {classes.Length}.", nameof(classes));
        var labels = classes.ToArray();
        if (classes.IsEmpty)
            labels = ReadClasses();
        var sorted = (int[])labels.Clone();
        Array.Sort(sorted);
        var (count, counts) = (0, new List<int>());
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i > 0 && sorted[i] == sorted[i - 1])
                counts[count - 1]++;
            else
            {
                sorted[count++] = sorted[i];
                counts.Add(1);
            }
        }

        foreach (ref var label in labels.AsSpan())
            label = Array.BinarySearch(sorted, 0, count, label);
        return (labels, counts.ToArray());
    }

    private int[] ReadClasses()
    {
        var (labels, target) = (new int[Count], new float[TargetSize]);
        for (var sample = 0; sample < labels.Length; sample++)
        {
            CopyTargetNumbers(sample, target);
            var label = TargetSize == 1 ? target[0] : IndexOfLargest<float>(target);
            if (label != (int)label || (TargetSize > 1 && HasTargetTokens))
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"The target of sample {sample}, {string.Join(", ", target)}, says no class: give the classes of all samples."));
            }

            labels[sample] = (int)label;
        }

        return labels;
    }

    private static int IndexOfLargest<T>(ReadOnlySpan<T> values)
        where T : struct, IComparable<T>
    {
        var largest = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i].CompareTo(values[largest]) > 0)
                largest = i;
        }

        return largest;
    }
}
