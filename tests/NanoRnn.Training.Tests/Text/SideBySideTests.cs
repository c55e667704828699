using NanoRnn.Training.Tests.Data;

namespace NanoRnn.Training.Tests.Text;

/// <summary>Several texts that are written at the same time, with one model.</summary>
public class SideBySideTests
{
    [Fact]
    public void SessionsSideBySideWriteWhatEachWritesAlone()
    {
        var model = new LanguageModel(seed: 1);
        var writers = Enumerable.Range(0, 3).Select(seed => new Writer(model, seed)).ToArray();
        var texts = new List<int>[] { [], [], [] };
        for (var i = 0; i < 50; i++)
        {
            for (var writer = 0; writer < 3; writer++)
                texts[writer].Add(writers[writer].Next());
        }

        Assert.NotEqual(texts[0], texts[1]);
        for (var seed = 0; seed < 3; seed++)
        {
            var alone = new Writer(model, seed);
            Assert.Equal(Enumerable.Range(0, 50).Select(_ => alone.Next()), texts[seed]);
        }
    }

    private sealed class Writer(LanguageModel model, int seed)
    {
        private readonly LanguageModel.Session _session = model.CreateSession();
        private readonly TokenSampler _sampler = new(LanguageModel.OutputSize, seed) { FirstToken = 2 };
        private readonly float[] _probabilities = new float[LanguageModel.OutputSize];
        private int _token = 2;

        public int Next()
        {
            _session.Step([_token], _probabilities);
            return _token = _sampler.Sample(_probabilities);
        }
    }
}
