namespace NanoRnn.Coefficients;

/// <summary>Overdetermined systems of linear equations, by Householder's reflections.</summary>
internal static class LeastSquares
{
    public static double[] Solve(int rows, int columns, Func<int, int, double> matrix, Func<int, double> right)
    {
        // The right side is one more column.
        var a = new double[rows, columns + 1];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
                a[i, j] = matrix(i, j);
            a[i, columns] = right(i);
        }

        for (var k = 0; k < columns; k++)
            Reflect(a, k);

        var x = new double[columns];
        for (var k = columns - 1; k >= 0; k--)
        {
            x[k] = a[k, columns];
            for (var j = k + 1; j < columns; j++)
                x[k] -= a[k, j] * x[j];
            x[k] /= a[k, k];
        }

        return x;
    }

    /// <summary>Makes column k zero below its row k.</summary>
    private static void Reflect(double[,] a, int k)
    {
        var rows = a.GetLength(0);
        double norm = 0;
        for (var i = k; i < rows; i++)
            norm += a[i, k] * a[i, k];
        var diagonal = -Math.CopySign(Math.Sqrt(norm), a[k, k]);
        var v = new double[rows];
        for (var i = k; i < rows; i++)
            v[i] = a[i, k];
        v[k] -= diagonal;
        var square = norm - a[k, k] * a[k, k] + v[k] * v[k];
        for (var j = k; j < a.GetLength(1); j++)
        {
            double product = 0;
            for (var i = k; i < rows; i++)
                product += v[i] * a[i, j];
            for (var i = k; i < rows; i++)
                a[i, j] -= 2 * product / square * v[i];
        }
    }
}
